"""The rules of posts and people, as pure functions: each gives its reasons (R-2.1, R-2.2, R-2.11, R-3.5, R-4.9)."""

from collections.abc import Collection
from datetime import date, timedelta

from astcoord.core.problems import Problem
from astcoord.core.roles import Role

ROLES_OF_A_SCHOOL = frozenset({Role.HEADTEACHER, Role.GOVERNOR})
ROLES_AT_A_SCHOOL = ROLES_OF_A_SCHOOL | {Role.AST}


def role_problems(*, role: str, has_school: bool, subjects: Collection[str]) -> list[Problem]:
    """A head or governor is one of a school; a consultant leads a subject (R-3.4)."""
    if role in ROLES_OF_A_SCHOOL and not has_school:
        return [Problem("Select the school", "school")]
    if role == Role.CONSULTANT and not subjects:
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
