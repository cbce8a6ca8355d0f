"""What a priority of the authority must say, and what a request or placement must say of priorities (R-14.1). Pure."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.words import say

if TYPE_CHECKING:
    from placements.priorities.models import Priority

NONE = "none"
"""The box beside the priorities: it serves none of them."""
FIELD, WHY_NOT = "priorities", "no_priority_reason"
NOTHING_TICKED = "Select at least one priority, or “None of these”"
ENDLESS = 9999


def listed_problems(new: "Priority", others: Iterable["Priority"]) -> list[Problem]:
    """A name, years in order, and not twice on the list at the same time; `others` are those not retired."""
    found = []
    if not new.name.strip():
        found.append(Problem("Enter the priority", "name", "R-14.1", "missing"))
    if new.last_year is not None and new.last_year < new.first_year:
        message = "The last school year must be the same as or after the first"
        found.append(Problem(message, "last_year", "R-14.1", "order"))
    if any(_same_words(new, other) and _same_time(new, other) for other in others):
        message = "This priority is on the list already, for some of the same years. Change that one instead."
        found.append(Problem(message, "name", "R-14.1", "twice"))
    return found


def _same_words(one: "Priority", other: "Priority") -> bool:
    return one.kind == other.kind and one.name.casefold() == other.name.casefold()


def _same_time(one: "Priority", other: "Priority") -> bool:
    """Both run in some school year; one without a last year has no end."""
    return one.first_year <= (other.last_year or ENDLESS) and other.first_year <= (one.last_year or ENDLESS)


def choice_problems(chosen: Collection[str], reason: str) -> list[Problem]:
    """What was ticked: codes of priorities, or `NONE` alone and why (R-6.1, R-14.1)."""
    if not chosen:
        return [Problem(NOTHING_TICKED, FIELD, "R-14.1", "missing")]
    if NONE in chosen and len(chosen) > 1:
        return [Problem("Select either priorities or “None of these”, not both", FIELD, "R-14.1", "both")]
    if NONE in chosen and not reason.strip():
        return [Problem("Say why it serves none of them", WHY_NOT, "R-14.1", "missing")]
    return []


def request_problems(linked: Iterable[tuple[str, bool]], reason: str, *, any_offered: bool) -> list[Problem]:
    """Before a request is sent. `linked`: (name, on the list when help is wanted).

    An authority without a list asks nothing.
    """
    linked = list(linked)
    gone = [name for name, runs in linked if not runs]
    if gone:
        message = f"“{gone[0]}” is not one of {say('the authority')}’s priorities for that time. Choose again."
        return [Problem(message, FIELD, "R-14.1", "gone")]
    if linked or reason.strip() or not any_offered:
        return []
    return choice_problems((), reason)


def link_problems(links: int, reason: str, *, any_offered: bool) -> list[Problem]:
    """No contract goes out before the placement is linked, or somebody has said why it is not (R-14.1).

    An authority without a list asks nothing.
    """
    if links or reason.strip() or not any_offered:
        return []
    message = say(
        "Say which of the authority’s priorities this placement serves, or why it serves none: "
        "choose “Change the priorities” on the placement’s page."
    )
    return [Problem(message, "", "R-14.1", "unlinked")]
