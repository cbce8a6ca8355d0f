"""A deployment group, where the policy lets one decide (R-7.6): what it agreed to, and its next meeting."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from astcoord.core import policy
from astcoord.demo import days
from placements.groups import reads
from placements.groups.actions import deciding, meetings
from placements.groups.actions.registers import GROUPS, MEMBERS
from placements.groups.lifecycle import MeetingStatus
from placements.groups.models import DecidingGroup, GroupMeeting
from placements.matching.models import Match
from staff.accounts.models import User

if TYPE_CHECKING:
    from astcoord.demo.scene import Scene

SEATS = (
    ("Rook Alderman", "school", "primary headteachers"),
    ("Sable Thornquist", "school", "secondary headteachers"),
    ("Fern Halloway", "authority", "school improvement"),
)


def agree(match: Match, on: date, *, by: User) -> None:
    """The group meets on that day, and agrees to the match."""
    meeting = GroupMeeting.objects.filter(on=on).first()
    if meeting is None:
        meeting = meetings.plan(group=_group(by), on=on, place="Shire Hall", by=by)
    others = [item.match for item in meeting.items.filter(outcome="").select_related("match") if item.match]
    meetings.set_agenda(meeting=meeting, matches=[*others, match], lines=[], by=by)
    if meeting.status == MeetingStatus.PLANNED:
        meeting = meetings.record_held(meeting=meeting, present=reads.members_on(meeting), by=by)
    deciding.decide(item=meeting.items.get(match=match), outcome="agreed", reason="", by=by)


def tell(scene: "Scene") -> None:
    """What has been proposed, and what the newest plan would do, is before the next meeting."""
    if not policy.in_force().group_decides:
        return
    with days.on(scene.today - timedelta(days=1), 9):
        by = scene.coordinator
        meeting = meetings.plan(group=_group(by), on=scene.today + timedelta(days=6), place="Shire Hall", by=by)
        offered = reads.offered(meeting)
        meetings.set_agenda(meeting=meeting, matches=offered.matches, lines=offered.lines[:3], by=by)


def _group(by: User) -> DecidingGroup:
    found = DecidingGroup.objects.first()
    if found is None:
        found = GROUPS.save(name="Deployment group", kind="group", subjects=(), by=by)
        for name, side, represents in SEATS:
            seat = {"group": found, "account": None, "represents": represents, "since": date(2020, 9, 1)}
            MEMBERS.save(name=name, side=side, by=by, **seat)
    return found
