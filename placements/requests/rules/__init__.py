"""What a school may ask for, of whom and when (R-6.1 to R-6.10). Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from astcoord.core.policy_choices import Difficulty, PMSupport
from astcoord.core.problems import Problem
from astcoord.core.wording import QUARTER, counted, date_words, days_words, number
from astcoord.core.words import say, say_later
from placements.requests.lifecycle import CAPABILITY, REQUEST_BEFORE_MATCH, Selection, Situation
from placements.requests.wording import never_done
from staff.expertise.vocabulary import NeverWork, WorkType

if TYPE_CHECKING:
    from astcoord.core.models.policy import Policy
    from placements.requests.models import RequestedStaff
    from schools.register.models import School

NEEDED = {
    "subject": "Select the subject",
    "key_stages": "Select at least one key stage",
    "pupil_groups": "Select which pupils this is about",
    "need": "Enter what needs to get better",
    "evidence_kinds": "Select where the need shows",
    "task": say_later("Enter what you would like the AST to do"),
    "training_need": "Enter what your staff need to learn",
    "outcome": "Enter what should be different at the end",
    "criterion": "Enter how you will know that it has worked",
    "days": "Enter how many days you would like",
    "wanted_from": "Enter the earliest date",
    "wanted_until": "Enter the latest date",
}
"""Every answer without which nobody can match a request (R-6.1, R-6.2), with what to do about it."""

NEEDED_TO_ENTER = frozenset({"subject", "task", "training_need", "criterion", "days", "wanted_from", "wanted_until"})
"""What the office must have written down before the head is asked to confirm; the head adds the rest (R-5.7)."""

NEVER_WORK: dict[str, str] = {
    NeverWork.SUPPLY: say_later(
        "An AST cannot cover for absence or act as supply. Ask instead for model lessons with your own "
        "staff watching, or for planning alongside the teacher once the teacher is back."
    ),
    NeverWork.REFERENCES: say_later(
        "An AST cannot write references for the staff supported. The headteacher can write about "
        "what a teacher has learned."
    ),
    NeverWork.APPRAISAL: say_later(
        "An AST cannot take part in appraisal, or watch lessons for it. Ask instead for an AST to "
        "watch lessons and advise, in confidence and without grades."
    ),
    NeverWork.CAPABILITY: say_later(
        "An AST cannot take part in a capability procedure. Ask your personnel adviser, or ask "
        "instead for an AST to work with the other teachers of the subject."
    ),
}
"""Refused under every policy (R-6.4, R-6.6), each with what to ask for instead."""

UNTICKED = "Tick every box to say that you will not ask for it"


@dataclass(frozen=True)
class Host:
    """How the school stands on a day, in words for people; empty for none."""

    category: str = ""
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Window:
    """When help is wanted. `weeks`: teaching weeks with a day that suits. `known`: the calendar reaches that far."""

    days: Decimal | None
    first: date | None
    last: date | None
    weeks: int = 0
    known: bool = True


def missing(answers: Mapping[str, Any], only: Collection[str] = NEEDED) -> list[Problem]:
    """Each compulsory answer that is not there, on its own field (R-6.1, R-6.2)."""
    return [
        Problem(message, field, "R-6.2" if field in NEEDED_TO_ENTER else "R-6.1", "missing")
        for field, message in NEEDED.items()
        if field in only and not _given(answers.get(field))
    ]


def _given(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def work_problems(work_types: Collection[str], other_work: str, pm_support: str) -> list[Problem]:
    """Something to do, nothing that is never done, targets only where the policy has them (R-6.3, R-6.4, R-6.6)."""
    problems = [
        Problem(message, "work_types", _rule_of(code), code)
        for code, message in NEVER_WORK.items()
        if code in work_types
    ]
    problems += [Problem(NEVER_WORK[code], "other_work", _rule_of(code), code) for code in never_done(other_work)]
    if WorkType.TARGETS in work_types and pm_support == PMSupport.NONE:
        message = say(
            "ASTs here do not help with performance targets. Ask instead for an AST to work alongside the teacher "
            "on what the teacher wants to get better at."
        )
        problems.append(Problem(message, "work_types", "R-6.6", WorkType.TARGETS))
    if not work_types and not other_work.strip():
        problems.append(Problem("Select at least one kind of work", "work_types", "R-6.3", "missing"))
    return problems


def _rule_of(code: str) -> str:
    return "R-6.6" if code == NeverWork.APPRAISAL else "R-6.4"


def text_warnings(answers: Mapping[str, Any]) -> list[Problem]:
    """Free text that seems to ask for what is never done: for the co-ordinator to read closely, never a refusal."""
    return [
        Problem(
            f"The words under “{label}” may ask for work that {say('no AST')} does. Read them before you decide.",
            field,
            _rule_of(code),
            code,
            warning=True,
        )
        for field, label in (("task", say("What the AST would do")), ("need", "What needs to get better"))
        for code in never_done(str(answers.get(field) or ""))
    ]


def exclusions_unticked(ticked: Collection[str]) -> list[Problem]:
    """The head ticks every one of the things no AST does (R-6.4)."""
    if set(NEVER_WORK) <= set(ticked):
        return []
    return [Problem(UNTICKED, "exclusions", "R-6.4", "unticked")]


class Recommended(Protocol):
    """Somebody who may have been chosen by the head: on a request, or in a placement."""

    selection: str
    willing_to_develop: bool
    willing_to_continue: bool


def is_unwilling(person: Recommended) -> bool:
    """Recommended, and not willing both to develop their practice and to carry on afterwards (R-6.10, R-8.4)."""
    return person.selection == Selection.HEAD and not (person.willing_to_develop and person.willing_to_continue)


def person_problems(person: "RequestedStaff", teacher_difficulty: str) -> list[Problem]:
    """Whether this person may be on a request at all (R-6.7, R-6.10)."""
    problems = []
    if is_unwilling(person):
        message = say(
            "Tick both points: somebody you recommend must be willing to develop their practice, and to carry on after "
            "the AST has left"
        )
        problems.append(Problem(message, "willingness", "R-6.10", "unwilling"))
    if not person.head_agrees:
        problems.append(
            Problem("Tick the box to say that you agree to this person taking part", "head_agrees", "R-6.10")
        )
    return problems + situation_problems(person.situation, teacher_difficulty)


def situation_problems(situation: str, teacher_difficulty: str) -> list[Problem]:
    """Capability never, serious difficulty by policy, some difficulty always; but it must be stated (R-6.7)."""
    if not situation:
        return [Problem("Select whether this person is in any difficulty", "situation", "R-6.7", "missing")]
    if situation == CAPABILITY:
        message = say(
            "An AST cannot support somebody in a capability procedure. Leave this person out, and speak to your "
            "personnel adviser about other help."
        )
        return [Problem(message, "situation", "R-6.7", CAPABILITY)]
    if situation == Situation.SERIOUS and teacher_difficulty == Difficulty.BLOCK:
        message = say(
            "ASTs here do not support somebody in serious difficulty. Leave this person out, and ask the "
            "co-ordinator for a subject consultant instead."
        )
        return [Problem(message, "situation", "R-6.7", Situation.SERIOUS)]
    return []


def people_problems(people: Iterable["RequestedStaff"], teacher_difficulty: str) -> list[Problem]:
    """Somebody must be named, and each must be somebody an AST may support; all on the field `people`."""
    people = list(people)
    if not people:
        return [Problem(say("Add at least one person or group for the AST to work with"), "people", "R-6.1", "missing")]
    return [
        Problem(f"{person.name}: {problem.message}", "people", problem.rule, problem.code)
        for person in people
        for problem in person_problems(person, teacher_difficulty)
    ]


def host_problems(school: "School", host: Host, policy: "Policy") -> list[Problem]:
    """Whether the school may host: open, served, and not in a category where the policy says no (R-6.8)."""
    if not school.is_open:
        return [Problem(say("This school is closed, so no AST can work there."), "school", "R-1.1", "closed")]
    if school.group_code not in policy.served_groups:
        message = say("Schools of this kind are not part of the scheme. Ask the co-ordinator what other help there is.")
        return [Problem(message, "school", "R-6.8", "not-served")]
    if host.category and policy.host_difficulty == Difficulty.BLOCK:
        message = (
            f"A school in {host.category.lower()} cannot have outreach here. If your school employs "
            f"{say('an AST')}, {say('that AST')} "
            f"can help inside the school (inreach). Or ask {say('the co-ordinator')} to refer you to "
            "a subject consultant, a "
            "Leading Teacher or a Beacon school."
        )
        return [Problem(message, "school", "R-6.8", "category")]
    return []


def at_home(host_id: int, home_ids: Collection[int]) -> list[Problem]:
    """An AST’s own school is no host: that is inreach, recorded apart (R-1.6)."""
    if host_id not in home_ids:
        return []
    message = say(
        "Help at the AST’s own school is inreach, not outreach. Choose another school, or record it as inreach."
    )
    return [Problem(message, "school", "R-1.6", "own-school")]


def window_problems(window: Window, *, today: date, weekly_cap: Decimal) -> list[Problem]:
    """Days in quarters, dates in order, not past, within the calendar, and enough weeks for the days (R-4.3, R-6.1)."""
    problems = _days_problems(window.days) + _date_problems(window.first, window.last, today)
    if problems or window.days is None or window.first is None or window.last is None:
        return problems
    if not window.known:
        message = "The school calendar does not reach that far yet. Choose an earlier date."
        return [Problem(message, "wanted_until", "R-6.1", "calendar")]
    if not window.weeks:
        message = "There is no school day that suits between these dates. Choose other dates or more weekdays."
        return [Problem(message, "wanted_until", "R-6.1", "no-school")]
    most = weekly_cap * window.weeks
    if window.days <= most:
        return []
    weeks = counted(window.weeks, "teaching week")
    message = (
        f"{days_words(window.days)} cannot fit into {weeks}: {say('an AST')} comes for "
        f"{days_words(weekly_cap)} a week at most. "
        f"Ask for {days_words(most)} or fewer, or a later end."
    )
    return [Problem(message, "days", "R-4.3", "too-many-days")]


def _days_problems(days: Decimal | None) -> list[Problem]:
    if days is None or (days > 0 and days % QUARTER == 0):
        return []
    if days <= 0:
        return [Problem("The number of days must be more than 0", "days", "R-6.1", "no-days")]
    return [Problem("The number of days must be in quarters, like 0.5 or 6.25", "days", "R-6.1", "step")]


def _date_problems(first: date | None, last: date | None, today: date) -> list[Problem]:
    if first and first < today:
        message = f"The earliest date must be today, {date_words(today)}, or later"
        return [Problem(message, "wanted_from", "R-6.1", "past")]
    if first and last and last < first:
        message = f"The latest date must be the same as or after {date_words(first)}"
        return [Problem(message, "wanted_until", "R-6.1", "order")]
    return []


def found_words(found: Decimal, asked: Decimal | None) -> str:
    """R-7.8: how much of a request has an AST, while that is part of it.

    >>> found_words(Decimal(4), Decimal(6))
    '4 of 6 days found'
    """
    if not asked or not 0 < found < asked:
        return ""
    return f"{number(found)} of {days_words(asked)} found"


def part_found(found: Decimal, asked: Decimal | None) -> list[Problem]:
    """R-7.8: a request of which a part is a placement does not end as if nothing had come of it."""
    if not found:
        return []
    start = found_words(found, asked) or "All days are found"
    message = f"{start}, and {say('that placement')} stays. Choose “Leave it at the days agreed” instead."
    return [Problem(message, rule="R-7.8", code="part-found")]


def owner_problems(in_office: bool) -> list[Problem]:
    """R-20.3: somebody in the office looks after a request."""
    return [] if in_office else [Problem("Select somebody in the office", "owner", "R-20.3", "owner")]


def school_corrections(status: str, found: Decimal, reason: str, *, same: bool) -> list[Problem]:
    """R-20.3: the wrong school is put right before an AST is asked, with a reason, and by another school."""
    if status not in REQUEST_BEFORE_MATCH or found:
        words = say(
            "An AST has been asked for this school. Withdraw the match, or close the placement before it starts, and "
            "then correct the school."
        )
        return [Problem(words, rule="R-20.3", code="asked")]
    problems = [Problem("That is the school it stands under now", "school", "R-20.3", "same")] if same else []
    return problems if reason.strip() else [*problems, Problem("Enter what went wrong", "reason", "R-20.3", "reason")]


def nothing_found(found: Decimal) -> list[Problem]:
    """R-7.8: only days that an AST has agreed to give can be left as they are."""
    if found:
        return []
    return [Problem(say("No AST has agreed to give any days yet. Decline the request instead."), rule="R-7.8")]
