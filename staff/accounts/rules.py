"""The rules of posts and people, as pure functions: each gives its reasons (R-2.1, R-2.2, R-2.11, R-3.5, R-4.9)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from astcoord.core.problems import Problem
from astcoord.core.roles import Role
from astcoord.core.words import say

ROLES_OF_A_SCHOOL = frozenset({Role.HEADTEACHER, Role.GOVERNOR})
ROLES_AT_A_SCHOOL = ROLES_OF_A_SCHOOL | {Role.AST}


def role_problems(*, role: str, has_school: bool, subjects: Collection[str]) -> list[Problem]:
    """A head or governor is one of a school; a consultant leads a subject (R-3.4)."""
    if role in ROLES_OF_A_SCHOOL and not has_school:
        return [Problem("Select the school", "school")]
    if role == Role.CONSULTANT and not subjects:
        return [Problem("Select at least one subject for the consultant’s group", "subjects", "R-3.4")]
    if has_school and role not in ROLES_AT_A_SCHOOL:
        return [Problem(say("Only headteachers, governors and ASTs belong to a school: clear the school"), "school")]
    return []


def ending_problems(*, starts_on: date | None, ends_on: date, last_coordinator: bool) -> list[Problem]:
    """A role ends on or after its first day, and somebody must remain who can let others in."""
    found = []
    if starts_on and ends_on < starts_on:
        found.append(Problem("The last day must be on or after the first day of the role", "ends_on"))
    if last_coordinator:
        found.append(
            Problem(
                say("This is the only co-ordinator. Add another first, or nobody could add people any more."), "ends_on"
            )
        )
    return found


def suspension_problems(*, own: bool, last_coordinator: bool, reason: str) -> list[Problem]:
    """An account is closed for a reason, never one's own, and never the last that could let others in."""
    found = []
    if own:
        found.append(Problem(say("You cannot suspend your own account: ask another co-ordinator")))
    if last_coordinator:
        found.append(
            Problem(say("This is the only co-ordinator. Add another first, or nobody could add people any more."))
        )
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


def merging_problems(*, same: bool, own: bool, closed: bool, merged: bool) -> list[Problem]:
    """Two accounts become one that is open; nobody closes the account with which they are signed in."""
    cases = (
        (same, "This is the same account. Enter the address of the other one."),
        (merged, "One of these accounts has been merged already. Open the account that goes on."),
        (own, "You are signed in with that account. Open it, and merge this one into it."),
        (closed, "This account is suspended. Open it again first, or merge it into the other one."),
    )
    return [Problem(words, "email", "R-17.7") for holds, words in cases if holds][:1]


def merging_reason_problems(reason: str) -> list[Problem]:
    """How the office knows that both are one person."""
    words = "Enter how you made sure that both accounts are the same person’s"
    return [] if reason.strip() else [Problem(words, "reason", "R-17.7")]


LONGEST_BACK = timedelta(days=366)


def acting_problems(*, starts_on: date, until: date | None, comes_back: bool, has_head: bool) -> list[Problem]:
    """Somebody who acts for a while has a last day; only after that does the present head return."""
    if until is not None and until < starts_on:
        return [Problem("The last day must be on or after the first day", "until", "R-17.7")]
    if comes_back and until is None:
        return [Problem("Enter the last day, after which the present headteacher is head again", "until", "R-17.7")]
    if comes_back and not has_head:
        return [Problem("This school has no headteacher with an account: nobody comes back", "comes_back", "R-17.7")]
    return []


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
class Standing:
    """How whoever has the address that stands at a school stands to its headship (R-17.5).

    `known_as`: the name on the account with this address, "" where there is none. `holds`: that person is head here,
    today or later. `ended`: that person was, and the office has ended it. `others`: who else is head here, today or
    later. `silenced`: of those, whose account is suspended.
    """

    email: str
    head_name: str
    known_as: str = ""
    suspended: bool = False
    holds: bool = False
    ended: bool = False
    others: tuple[str, ...] = ()
    silenced: tuple[str, ...] = ()


def headship_problems(standing: Standing) -> list[Problem]:
    """Why whoever has the school's address is not its head without the office deciding so (R-17.5)."""
    found = []
    if standing.suspended:
        words = f"The account of {standing.known_as} with this address is suspended: open it again first."
        found.append(Problem(words, rule="R-17.5", code="suspended"))
    if standing.ended:
        words = f"The headship of {standing.known_as} here has ended: correct the address, or give the role again."
        found.append(Problem(words, rule="R-17.5", code="ended"))
    for name in standing.others:
        words = f"{name} is the headteacher here, or will be, with another address: end that first, or correct this."
        if name in standing.silenced:
            words = f"{name} is the headteacher here, and the account is suspended: open it again, or end the role."
        found.append(Problem(words, rule="R-17.5", code="other-head"))
    return found


def invitation_problems(standing: Standing) -> list[Problem]:
    """Why the head of a school cannot be invited with many others (R-17.5)."""
    found = []
    if not standing.email:
        found.append(Problem("There is no e-mail address: add it to the contacts.", "email", "R-17.5", "no-address"))
    if not standing.head_name.strip():
        words = "There is no headteacher’s name: add it to the contacts."
        found.append(Problem(words, "head_name", "R-17.5", "no-name"))
    if standing.holds:
        words = f"The headship of {standing.known_as} here is recorded already, and has not begun."
        found.append(Problem(words, rule="R-17.5", code="to-come"))
    return found + headship_problems(standing)


def name_of(email: str) -> str:
    """A name for somebody of whom only the address is known.

    >>> name_of("ann.marsh-hill@a.example"), name_of("head@a.example")
    ('Ann Marsh Hill', 'Head')
    """
    words = re.findall(r"[^\W\d_]+", email.partition("@")[0])
    return " ".join(word.capitalize() for word in words) or email


REMINDED_AFTER = timedelta(days=1)
"""Nobody is reminded within a day of an invitation: pressing twice, or two who press, send one e-mail."""


def reminder_problems(
    *, active: bool, signed_in: bool, waiting: bool, failed: bool, last: datetime | None, now: datetime
) -> list[Problem]:
    """Why somebody is not reminded of an invitation (R-17.5). `last`: when the newest one was asked for."""
    if not active:
        return [Problem("The account is suspended: open it again first.", code="suspended")]
    if signed_in:
        return [Problem("Has signed in: needs no reminder.", code="signed-in")]
    if waiting:
        return [Problem("The invitation is still on its way.", code="waiting")]
    if failed:
        return [Problem("The invitation could not be delivered: check the address, then invite again.", code="failed")]
    if last is not None and now - last < REMINDED_AFTER:
        return [Problem("Was written to within the last day.", code="lately")]
    return []
