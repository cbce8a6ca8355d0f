"""The rules of posts and people, as pure functions: each gives its reasons (R-2.1, R-2.2, R-2.11, R-3.5, R-4.9)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from astcoord.core.problems import Problem

ROLES_OF_A_SCHOOL = frozenset({"headteacher", "governor"})
ROLES_AT_A_SCHOOL = ROLES_OF_A_SCHOOL | {"ast"}


def pass_problems(*, passed_on: date, assessor: str, starts_on: date, today: date) -> list[Problem]:
    """R-2.2: an AST has passed an assessment by a named body, and not after starting."""
    found = []
    if passed_on > today:
        found.append(Problem("The date of the pass must be today or in the past", "passed_on", "R-2.2"))
    if starts_on < passed_on:
        found.append(Problem("In post from must be on or after the date of the pass", "starts_on", "R-2.2"))
    if not assessor.strip():
        found.append(Problem("Enter the body that assessed the teacher", "assessor", "R-2.2"))
    return found


def profile_problems(
    *, subjects: Collection[str], key_stages: Collection[str], work_types: Collection[str]
) -> list[Problem]:
    """R-3.5: without these nobody could be matched to a request."""
    wanted = [
        (subjects, "Select at least one subject", "subjects"),
        (key_stages, "Select at least one key stage", "key_stages"),
        (work_types, "Select at least one kind of work", "work_types"),
    ]
    return [Problem(message, field, "R-3.5") for given, message, field in wanted if not given]


def pattern_problems(days: Mapping[int, Decimal]) -> list[Problem]:
    """R-4.10: a pattern names at least half a day, on school days only."""
    if not any(days.values()):
        return [Problem("Select at least half a day", "day_0", "R-4.10")]
    return []


def reason_problems(reason: str) -> list[Problem]:
    """R-2.1: stages may be passed over only with a reason."""
    if reason.strip():
        return []
    return [Problem("Enter why the earlier stages are not recorded one by one", "reason", "R-2.1")]


def role_problems(*, role: str, has_school: bool, subjects: Collection[str]) -> list[Problem]:
    """A head or governor is one of a school; a consultant leads a subject (R-3.4)."""
    if role in ROLES_OF_A_SCHOOL and not has_school:
        return [Problem("Select the school", "school")]
    if role == "consultant" and not subjects:
        return [Problem("Select at least one subject for the consultant’s group", "subjects", "R-3.4")]
    if has_school and role not in ROLES_AT_A_SCHOOL:
        return [Problem("Only headteachers, governors and ASTs belong to a school: clear the school", "school")]
    return []


def ending_problems(*, starts_on: date | None, ends_on: date, last_coordinator: bool) -> list[Problem]:
    """A role ends on or after its first day, and somebody must remain who can let others in."""
    found = []
    if starts_on and ends_on < starts_on:
        found.append(Problem("The last day must be on or after the first day of the role", "ends_on"))
    if last_coordinator:
        found.append(
            Problem("This is the only co-ordinator. Add another first, or nobody could add people any more.", "ends_on")
        )
    return found


def suspension_problems(*, own: bool, last_coordinator: bool, reason: str) -> list[Problem]:
    """An account is closed for a reason, never one's own, and never the last that could let others in."""
    found = []
    if own:
        found.append(Problem("You cannot suspend your own account: ask another co-ordinator"))
    if last_coordinator:
        found.append(Problem("This is the only co-ordinator. Add another first, or nobody could add people any more."))
    if not reason.strip():
        found.append(Problem("Enter why the account is suspended", "reason"))
    return found


def reset_problems(*, own: bool, reason: str) -> list[Problem]:
    """A second step is removed for somebody else, after the office has made sure who asks."""
    found = []
    if own:
        found.append(Problem("You cannot remove your own second step here: change it under Security"))
    if not reason.strip():
        found.append(Problem("Enter how you made sure that it was this person who asked", "reason"))
    return found


LONGEST_BACK = timedelta(days=366)


def handover_problems(*, starts_on: date, today: date, already_head: bool, latest_start: date | None) -> list[Problem]:
    """A headship is handed over to somebody else, on a day after the present one began."""
    found = []
    if already_head:
        found.append(Problem("This person is the head of the school already", "email"))
    if starts_on < today - LONGEST_BACK:
        found.append(Problem("The new head’s first day must be within the last year or later", "starts_on"))
    if latest_start and starts_on <= latest_start:
        words = "The new head’s first day must be after the day on which the present headship begins"
        found.append(Problem(words, "starts_on"))
    return found


@dataclass(frozen=True)
class Obligation:
    """What outreach is asked of an AST (R-4.9): only “required” raises alerts."""

    code: str
    words: str

    @property
    def raises_alerts(self) -> bool:
        return self.code == "required"


WORDS = {
    "required": "Outreach is required.",
    "waived": "Outreach is waived while the home school is in difficulties. Some is recommended; work at home follows "
    "the plan for leaving the category.",
    "encouraged": "Outreach is encouraged, not required.",
    "limited": "Outreach is limited while the home school is in the national challenge.",
}


def obligation(
    *,
    category: bool,
    national_challenge: bool,
    school_funded: bool,
    when_category: str,
    when_challenge: str,
    when_funded: str,
) -> Obligation:
    """R-4.9, by case: the home school's category comes first, then its programme, then who pays (R-2.11).

    The three `when_…` are the policy's words for each case.
    """
    for holds, code in ((category, when_category), (national_challenge, when_challenge), (school_funded, when_funded)):
        if holds and code != "required":
            return Obligation(code, WORDS[code])
    return Obligation("required", WORDS["required"])
