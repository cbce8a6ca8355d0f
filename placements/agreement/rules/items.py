"""What each of the ten items needs before it is agreed (R-8.2 to R-8.10). Pure."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.agreement.rules.protocol import ProtocolRows
from placements.placement.lifecycle import ReviewKind
from placements.requests.rules import is_unwilling

if TYPE_CHECKING:
    from placements.placement.models import Placement

FINAL_WINDOW = timedelta(days=14)
"""The final evaluation belongs to the last fortnight (requirements, parameters)."""


def agree_problems(number: int, rows: ProtocolRows) -> list[Problem]:
    """What still forbids that item `number` is agreed. Warnings are shown and forbid nothing."""
    check = _CHECKS.get(number)
    return check(rows) if check else []


def _telling_staff(rows: ProtocolRows) -> list[Problem]:
    if rows.placement.staff_meeting_on or rows.placement.staff_meeting_not_needed:
        return []
    return [Problem("Enter a date for the staff meeting, or say that none is needed.", "staff_meeting_on", "R-8.2")]


def _telling_chair(rows: ProtocolRows) -> list[Problem]:
    if rows.placement.host.chair_is_known:
        return []
    message = (
        "We have no name and e-mail address for the chair of governors. "
        "The host headteacher adds them to the school’s contacts."
    )
    return [Problem(message, "", "R-8.3")]


def _willing_and_evaluated(rows: ProtocolRows) -> list[Problem]:
    problems = [
        Problem(
            f"{person.name} was recommended: the headteacher has to vouch that they are willing, both to develop "
            "their practice and to carry on afterwards.",
            "",
            "R-8.4",
        )
        for person in rows.people
        if is_unwilling(person)
    ]
    evaluations, final = rows.dates(ReviewKind.SCHOOL_EVALUATION), rows.dates(ReviewKind.FINAL_EVALUATION)
    if not evaluations:
        problems.append(Problem("Enter a date for the school’s first evaluation.", "school_evaluation_1", "R-8.4"))
    if not final:
        problems.append(Problem("Enter the date of the final evaluation.", "final_evaluation", "R-8.4"))
    problems += _within(rows.placement, evaluations, "An evaluation", "school_evaluation", "R-8.4")
    return problems + (_late_enough(final[0], evaluations, rows.placement.ends_on) if final else [])


def _late_enough(final: date, evaluations: list[date], ends_on: date | None) -> list[Problem]:
    if evaluations and final < max(evaluations):
        return [Problem("The final evaluation must come after the school’s own.", "final_evaluation", "R-8.4")]
    if ends_on and not ends_on - FINAL_WINDOW <= final <= ends_on + FINAL_WINDOW:
        words = f"The final evaluation is usually within two weeks of the last day, {date_words(ends_on)}."
        return [Problem(words, "final_evaluation", "R-8.4", "final-window", warning=True)]
    return []


def _day_and_visit(rows: ProtocolRows) -> list[Problem]:
    placement = rows.placement
    problems = []
    if not placement.day_shape.strip():
        problems.append(Problem("Describe the shape of the day.", "day_shape", "R-8.5"))
    if placement.visit_waived_reason.strip():
        return problems
    visit = placement.visit_planned_on
    if visit is None:
        problems.append(
            Problem("Enter a date for the visit, or say why there will be none.", "visit_planned_on", "R-8.5")
        )
    if not placement.visit_host_agrees:
        problems.append(Problem("The host headteacher has to agree to the visit.", "visit_host_agrees", "R-8.5"))
    return problems + _within(
        placement, [visit] if visit else [], "The visit", "visit_planned_on", "R-8.5", numbered=False
    )


def _reviews_dated(rows: ProtocolRows) -> list[Problem]:
    meetings = rows.dates(ReviewKind.REVIEW_MEETING)
    if not meetings:
        return [Problem("Enter the date of at least one review meeting.", "review_meeting_1", "R-8.6")]
    return _within(rows.placement, meetings, "A review meeting", "review_meeting", "R-8.6")


def _notice_agreed(rows: ProtocolRows) -> list[Problem]:
    if rows.placement.notice_days:
        return []
    return [Problem(say("Enter how many school days’ notice the AST needs."), "notice_days", "R-8.7")]


def _aims_and_time(rows: ProtocolRows) -> list[Problem]:
    placement, reserved = rows.placement, rows.dates(ReviewKind.RESERVED_DAY)
    problems = []
    if not placement.focus.strip():
        problems.append(Problem("Write down the aims.", "focus", "R-8.9"))
    if not reserved:
        problems.append(Problem("Enter at least one outreach day with time for review.", "reserved_day_1", "R-8.9"))
    problems += _within(placement, reserved, "A day kept for review", "reserved_day", "R-8.9")
    other = [day for day in reserved if placement.weekday is not None and day.weekday() != placement.weekday]
    return problems + [
        Problem(
            f"{date_words(day)} is a {day:%A}, which is not {say('the placement')}’s weekday.",
            "",
            "R-8.9",
            "other-weekday",
            warning=True,
        )
        for day in other
    ]


def _papers_asked_for(rows: ProtocolRows) -> list[Problem]:
    starts_on = rows.placement.starts_on
    problems = [
        Problem(f"Say who provides “{paper}” and by when.", f"owner_{number}", "R-8.10")
        for number, paper in enumerate(rows.papers, start=1)
        if not paper.is_asked_for
    ]
    late = [
        Problem(
            f"“{paper}” is due after the first day. {say('The AST')} should see it before.",
            f"due_{number}",
            "R-9.2",
            "paper-late",
            warning=True,
        )
        for number, paper in enumerate(rows.papers, start=1)
        if starts_on and paper.applies and paper.due and paper.due >= starts_on
    ]
    return problems + late


def _within(
    placement: "Placement", days: Iterable[date], what: str, field: str, rule: str, *, numbered: bool = True
) -> list[Problem]:
    """Dates lie between the placement's first and last day, where those are known."""
    first, last = placement.starts_on, placement.ends_on
    if first is None or last is None:
        return []
    message = f"{what} must be between {date_words(first)} and {date_words(last)}."
    return [
        Problem(message, f"{field}_{number}" if numbered else field, rule)
        for number, day in enumerate(days, start=1)
        if not first <= day <= last
    ]


_CHECKS: dict[int, Callable[[ProtocolRows], list[Problem]]] = {
    2: _telling_staff,
    3: _telling_chair,
    4: _willing_and_evaluated,
    5: _day_and_visit,
    6: _reviews_dated,
    7: _notice_agreed,
    9: _aims_and_time,
    10: _papers_asked_for,
}
