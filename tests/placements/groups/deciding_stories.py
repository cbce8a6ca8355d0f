"""What the tests of deciding groups have in common."""

from datetime import date
from typing import Any

from placements.groups.actions import deciding, meetings
from placements.groups.actions.registers import GROUPS, MEMBERS
from placements.groups.models import DecidingGroup, GroupItem, GroupMeeting
from placements.matching.models import Match
from tests.cast import Cast

MET = date(2026, 10, 5)
"""The day on which the tests' clock stands."""


def group(cast: Cast, name: str = "Deployment group", **facts: Any) -> DecidingGroup:
    """With a member of a school, who has no account, and one of the authority, who has one."""
    made = GROUPS.save(by=cast.coordinator, **{"name": name, "kind": "group", "subjects": (), **facts})
    seat: dict[str, Any] = {"group": made, "since": date(2026, 9, 1), "by": cast.coordinator}
    MEMBERS.save(name="Rook Alder", account=None, side="school", represents="primary heads", **seat)
    MEMBERS.save(
        name="Orla Thistlethwaite", account=cast.consultant, side="authority", represents="mathematics adviser", **seat
    )
    return made


def meeting(cast: Cast, of: DecidingGroup | None = None, on: date = MET) -> GroupMeeting:
    return meetings.plan(group=of or group(cast), on=on, place="Shire Hall", by=cast.coordinator)


def before(cast: Cast, found: GroupMeeting, *about: Any) -> GroupMeeting:
    """Put on its agenda, beside what is there."""
    there = [item.match or item.line for item in found.items.filter(outcome="")]
    every = [*there, *about]
    return meetings.set_agenda(
        meeting=found,
        matches=[each for each in every if isinstance(each, Match)],
        lines=[each for each in every if not isinstance(each, Match)],
        by=cast.coordinator,
    )


def held(cast: Cast, found: GroupMeeting) -> GroupMeeting:
    return meetings.record_held(meeting=found, present=found.group.members.all(), by=cast.coordinator)


def decide(cast: Cast, about: Any, outcome: str = "agreed", reason: str = "") -> GroupItem:
    """On the newest item about a match or a line."""
    item = about.group_items.order_by("-pk")[0]
    return deciding.decide(item=item, outcome=outcome, reason=reason, by=cast.coordinator)


def decided_by_group(cast: Cast, match: Match, outcome: str = "agreed", reason: str = "") -> GroupItem:
    """The whole way: a group, a meeting, who was there, the decision."""
    held(cast, before(cast, meeting(cast), match))
    return decide(cast, match, outcome, reason)
