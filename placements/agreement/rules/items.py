"""What each of the ten items needs before it is agreed (R-8.2 to R-8.10). Pure."""

from collections.abc import Callable
from datetime import date, timedelta

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from placements.agreement.rules.protocol import ProtocolFacts

RECOMMENDED = "head"
FINAL_WINDOW = timedelta(days=14)
"""The final evaluation belongs to the last fortnight (requirements, parameters)."""


def agree_problems(number: int, facts: ProtocolFacts) -> list[Problem]:
    """What still forbids that item `number` is agreed. Warnings are shown and forbid nothing."""
    check = _CHECKS.get(number)
    return check(facts) if check else []


def _telling_staff(facts: ProtocolFacts) -> list[Problem]:
    if facts.staff_meeting_on or facts.staff_meeting_not_needed:
        return []
    return [_problem("Enter a date for the staff meeting, or say that none is needed.", "staff_meeting_on", "R-8.2")]


def _telling_chair(facts: ProtocolFacts) -> list[Problem]:
    if facts.chair_known:
        return []
    return [
        _problem(
            "We have no name and e-mail address for the chair of governors. "
            "The host headteacher adds them to the school’s contacts.",
            "",
            "R-8.3",
        )
    ]


def _willing_and_evaluated(facts: ProtocolFacts) -> list[Problem]:
    problems = [
        _problem(
            f"{person.name} was recommended: the headteacher has to vouch that they are willing, both to develop "
            "their practice and to carry on afterwards.",
            "",
            "R-8.4",
        )
        for person in facts.people
        if person.selection == RECOMMENDED and not person.willing
    ]
    if not facts.school_evaluations:
        problems.append(_problem("Enter a date for the school’s first evaluation.", "school_evaluation_1", "R-8.4"))
    if facts.final_evaluation is None:
        problems.append(_problem("Enter the date of the final evaluation.", "final_evaluation", "R-8.4"))
    problems += _within(facts, facts.school_evaluations, "An evaluation", "school_evaluation", "R-8.4")
    return problems + _late_enough(facts)


def _late_enough(facts: ProtocolFacts) -> list[Problem]:
    final = facts.final_evaluation
    if final is None:
        return []
    if facts.school_evaluations and final < max(facts.school_evaluations):
        return [_problem("The final evaluation must come after the school’s own.", "final_evaluation", "R-8.4")]
    if facts.ends_on and not facts.ends_on - FINAL_WINDOW <= final <= facts.ends_on + FINAL_WINDOW:
        words = f"The final evaluation is usually within two weeks of the last day, {date_words(facts.ends_on)}."
        return [Problem(words, "final_evaluation", "R-8.4", "final-window", warning=True)]
    return []


def _day_and_visit(facts: ProtocolFacts) -> list[Problem]:
    problems = []
    if not facts.day_shape.strip():
        problems.append(_problem("Describe the shape of the day.", "day_shape", "R-8.5"))
    if facts.visit_waived_reason.strip():
        return problems
    if facts.visit_planned_on is None:
        problems.append(
            _problem("Enter a date for the visit, or say why there will be none.", "visit_planned_on", "R-8.5")
        )
    if not facts.visit_host_agrees:
        problems.append(_problem("The host headteacher has to agree to the visit.", "visit_host_agrees", "R-8.5"))
    visit = (facts.visit_planned_on,) if facts.visit_planned_on else ()
    return problems + _within(facts, visit, "The visit", "visit_planned_on", "R-8.5", numbered=False)


def _reviews_dated(facts: ProtocolFacts) -> list[Problem]:
    if not facts.review_meetings:
        return [_problem("Enter the date of at least one review meeting.", "review_meeting_1", "R-8.6")]
    return _within(facts, facts.review_meetings, "A review meeting", "review_meeting", "R-8.6")


def _notice_agreed(facts: ProtocolFacts) -> list[Problem]:
    if facts.notice_days:
        return []
    return [_problem("Enter how many school days’ notice the AST needs.", "notice_days", "R-8.7")]


def _aims_and_time(facts: ProtocolFacts) -> list[Problem]:
    problems = []
    if not facts.focus.strip():
        problems.append(_problem("Write down the aims.", "focus", "R-8.9"))
    if not facts.reserved_days:
        problems.append(_problem("Enter at least one outreach day with time for review.", "reserved_day_1", "R-8.9"))
    problems += _within(facts, facts.reserved_days, "A day kept for review", "reserved_day", "R-8.9")
    other = [d for d in facts.reserved_days if facts.weekday is not None and d.weekday() != facts.weekday]
    return problems + [
        Problem(
            f"{date_words(day)} is a {day:%A}, which is not the placement’s weekday.",
            "",
            "R-8.9",
            "other-weekday",
            warning=True,
        )
        for day in other
    ]


def _papers_asked_for(facts: ProtocolFacts) -> list[Problem]:
    problems = [
        _problem(f"Say who provides “{paper.label}” and by when.", f"owner_{number}", "R-8.10")
        for number, paper in enumerate(facts.papers, start=1)
        if not paper.asked_for
    ]
    late = [
        Problem(
            f"“{paper.label}” is due after the first day. The AST should see it before.",
            f"due_{number}",
            "R-9.2",
            "paper-late",
            warning=True,
        )
        for number, paper in enumerate(facts.papers, start=1)
        if facts.starts_on and paper.applies and paper.due and paper.due >= facts.starts_on
    ]
    return problems + late


def _within(
    facts: ProtocolFacts, days: tuple[date, ...], what: str, field: str, rule: str, *, numbered: bool = True
) -> list[Problem]:
    """Dates lie between the placement's first and last day, where those are known."""
    if facts.starts_on is None or facts.ends_on is None:
        return []
    span = f"between {date_words(facts.starts_on)} and {date_words(facts.ends_on)}"
    return [
        _problem(f"{what} must be {span}.", f"{field}_{number}" if numbered else field, rule)
        for number, day in enumerate(days, start=1)
        if not facts.starts_on <= day <= facts.ends_on
    ]


def _problem(message: str, field: str, rule: str) -> Problem:
    return Problem(message, field=field, rule=rule)


_CHECKS: dict[int, Callable[[ProtocolFacts], list[Problem]]] = {
    2: _telling_staff,
    3: _telling_chair,
    4: _willing_and_evaluated,
    5: _day_and_visit,
    6: _reviews_dated,
    7: _notice_agreed,
    9: _aims_and_time,
    10: _papers_asked_for,
}
