"""Meetings of a deciding group: planned, moved, cancelled, with their agenda and who was there (R-7.6)."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from placements.groups import permissions, reads, rules
from placements.groups.lifecycle import MeetingStatus
from placements.groups.models import DecidingGroup, GroupItem, GroupMeeting, GroupMember
from placements.matching import actions as matching
from placements.matching.models import Match
from placements.planning.models import PlanLine
from staff.accounts.models import User

TO_RECORD = timedelta(days=7)
"""After a meeting, for its decisions to be recorded before a match lapses†."""


@transaction.atomic
def plan(*, group: DecidingGroup, on: date, place: str, by: User) -> GroupMeeting:
    """A meeting to come, or one that has been and is to be recorded."""
    require(permissions.can_keep(by), "plan a meeting")
    held = DecidingGroup.objects.select_for_update().get(pk=group.pk)
    if held.ended_on is not None:
        raise Refused([Problem("This group has ended", "group", rules.RULE, "ended")])
    refuse(_day_problems(held, on))
    meeting: GroupMeeting = GroupMeeting.objects.create(group=held, on=on, place=" ".join(place.split()))
    audit.record("group meeting: planned", meeting, by=by, after={"on": on, "where": meeting.place})
    return meeting


@transaction.atomic
def move(*, meeting: GroupMeeting, on: date, place: str, by: User) -> GroupMeeting:
    """Another day or place while it is planned; matches on its agenda wait for the new day."""
    locked = _planned(meeting, "Change the day", by=by)
    words = " ".join(place.split())
    if (locked.on, locked.place) == (on, words):
        return locked
    refuse(_day_problems(locked.group, on, apart_from=locked))
    before = {"on": locked.on, "where": locked.place}
    locked.on, locked.place = on, words
    locked.save(update_fields=["on", "place"])
    audit.record("group meeting: moved", locked, by=by, before=before, after={"on": on, "where": words})
    for item in locked.items.filter(match__isnull=False).select_related("match__post"):
        _wait(item, by=by)
    return locked


@transaction.atomic
def cancel(*, meeting: GroupMeeting, reason: str, by: User) -> GroupMeeting:
    """It does not take place; what was on its agenda can go before another."""
    if not reason.strip():
        raise Refused([Problem("Enter why it is cancelled", "reason", rules.RULE, "reason")])
    return gate.move(meeting, "cancel", by=by, may=permissions.can_keep, reason=" ".join(reason.split()))


@transaction.atomic
def set_agenda(
    *, meeting: GroupMeeting, matches: Collection[Match], lines: Collection[PlanLine], by: User
) -> GroupMeeting:
    """What the meeting is to decide: what is not named here is taken off, unless it is decided."""
    locked = _open(meeting, by=by)
    offered = reads.offered(locked)
    if not {*matches, *lines} <= {*offered.matches, *offered.lines}:
        words = "Something on this page can no longer be put on the agenda. Look at what is there now."
        raise Refused([Problem(words, "items", rules.RULE, "gone")])
    for item in locked.items.filter(outcome="").select_related("match", "line", "request__host", "meeting"):
        if (item.match or item.line) not in {*matches, *lines}:
            audit.record("group meeting: taken off the agenda", locked, by=by, before={"item": str(item)})
            item.delete()
    there = {item.match or item.line for item in locked.items.select_related("match", "line")}
    wanted: list[Match | PlanLine] = [*matches, *lines]
    for about in wanted:
        if about not in there:
            of = {"match": about} if isinstance(about, Match) else {"line": about}
            item = GroupItem.objects.create(meeting=locked, request=about.request, **of)
            audit.record("group meeting: put on the agenda", locked, by=by, after={"item": str(item)})
            _wait(item, by=by)
    return locked


@transaction.atomic
def record_held(*, meeting: GroupMeeting, present: Iterable[GroupMember], by: User) -> GroupMeeting:
    """It took place, and who was there; said again, until something is decided, it is who was there after all."""
    locked = _open(meeting, by=by)
    there = list(present)
    members = set(reads.members_on(locked))
    if not set(there) <= members:
        words = "Somebody was not a member on that day. Select members of that day."
        raise Refused([Problem(words, "present", rules.RULE, "member")])
    if locked.items.exclude(outcome="").exists():
        words = "Decisions of this meeting are recorded with who was there. Nothing else can be said of it any more."
        raise Refused([Problem(words, "present", rules.RULE, "decided")])
    sides = {each.side for each in there}
    refuse(rules.held_problems(locked.group.kind, sides, on=locked.on, today=today()))
    if locked.status == MeetingStatus.PLANNED:
        locked = gate.move(locked, "hold", by=by, may=permissions.can_keep)
    locked.present.set(there)
    audit.record("group meeting: who was there", locked, by=by, after={"present": [str(each) for each in there]})
    return locked


def _wait(item: GroupItem, *, by: User) -> None:
    if item.match:
        matching.wait_for_group(match=item.match, until=item.meeting.on + TO_RECORD, by=by)


def _day_problems(group: DecidingGroup, on: date, apart_from: GroupMeeting | None = None) -> list[Problem]:
    others = GroupMeeting.objects.filter(group=group, on=on).exclude(status=MeetingStatus.CANCELLED)
    if (others.exclude(pk=apart_from.pk) if apart_from else others).exists():
        return [Problem("The group meets on that day already", "on", rules.RULE, "twice")]
    return rules.day_problems(on, today=today())


def _open(meeting: GroupMeeting, *, by: User) -> GroupMeeting:
    """Locked, and not cancelled."""
    require(permissions.can_keep(by), "keep this meeting")
    locked: GroupMeeting = (
        GroupMeeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    )
    if locked.status == MeetingStatus.CANCELLED:
        raise Refused([gate.out_of_turn(locked, "Record something of it")])
    return locked


def _planned(meeting: GroupMeeting, label: str, *, by: User) -> GroupMeeting:
    locked = _open(meeting, by=by)
    if locked.status != MeetingStatus.PLANNED:
        raise Refused([gate.out_of_turn(locked, label)])
    return locked
