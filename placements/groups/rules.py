"""What a deployment group or subject network needs to decide: pure functions (R-7.6)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.words import say
from placements.groups.lifecycle import GroupKind, Outcome, Side

if TYPE_CHECKING:
    from placements.groups.models import DecidingGroup, GroupMember

RULE = "R-7.6"
FAR = 366
"""Days from today beyond which the day of a meeting is a slip of the pen†."""


def group_problems(new: "DecidingGroup", others: Iterable["DecidingGroup"]) -> list[Problem]:
    """A name that no other has, and for a network its subjects; `others` are those that have not ended."""
    found = []
    if not new.name.strip():
        found.append(Problem("Enter what the group is called", "name", RULE, "missing"))
    if any(each.name.casefold() == new.name.strip().casefold() for each in others):
        found.append(Problem("There is a group of this name already", "name", RULE, "twice"))
    if new.kind == GroupKind.NETWORK and not new.subjects:
        found.append(Problem("Select the subjects that the network decides on", "subjects", RULE, "subjects"))
    return found


def member_problems(new: "GroupMember", others: Iterable["GroupMember"]) -> list[Problem]:
    """A name, and once in a group; `others` are the members now. An end does not lie before the beginning."""
    found = []
    if not new.name.strip():
        found.append(Problem("Enter the member’s name", "name", RULE, "missing"))
    name = new.name.strip().casefold()
    if any(each.name.casefold() == name and each.group_id == new.group_id for each in others):
        found.append(Problem("This person is a member of the group already", "name", RULE, "twice"))
    return found


def day_problems(on: date, *, today: date) -> list[Problem]:
    """A meeting may be recorded afterwards, but a year away it is a slip of the pen."""
    if abs((on - today).days) > FAR:
        return [Problem("The day of the meeting is more than a year away. Check the year.", "on", RULE, "far")]
    return []


def held_problems(kind: str, sides: Collection[str], *, on: date, today: date) -> list[Problem]:
    """It has been; somebody was there, and at a deployment group both the schools and the authority were."""
    found = []
    if on > today:
        found.append(Problem("The day of the meeting is still to come. Change the day first.", "", RULE, "early"))
    if not sides:
        found.append(Problem("Select who was there", "present", RULE, "nobody"))
    elif kind == GroupKind.GROUP and set(sides) != set(Side.values):
        words = say(
            "A deployment group decides with members of schools and of the authority. Select who was there of both."
        )
        found.append(Problem(words, "present", RULE, "sides"))
    return found


def decision_problems(outcome: str, reason: str) -> list[Problem]:
    """One of the three; whatever is not agreed has a reason."""
    if outcome not in Outcome.values:
        return [Problem("Select what the group decided", "outcome", RULE, "missing")]
    if outcome != Outcome.AGREED and not reason.strip():
        return [Problem("Enter the reason", "reason", RULE, "reason")]
    return []
