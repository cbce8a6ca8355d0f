"""Recording a review meeting and ticking off what was agreed (R-11.4)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from evaluation.meetings import permissions, rules
from evaluation.meetings.models import MeetingAction
from evaluation.meetings.rules import Agreed
from placements.placement.models import Meeting, Placement
from staff.accounts.models import User


@transaction.atomic
def record(
    *,
    placement: Placement,
    held_on: date,
    present: Collection[str],
    notes: str,
    actions: Sequence[Agreed] = (),
    by: User,
) -> Meeting:
    """A review meeting was held; Refused with what is missing. Sent twice it is one meeting.

    `present` are sides, as in `rules.SIDES`. Every action has an owner and a day (R-11.4).
    """
    placement = _held(placement)
    if not permissions.can_record(by, placement):
        raise PermissionDenied("record a meeting")
    refuse([*_problems(placement, held_on, present, notes), *rules.action_problems(actions, held_on)])
    same = placement.meetings.filter(kind=Meeting.Kind.REVIEW, held_on=held_on, notes=notes.strip()).first()
    if same is not None:
        return same
    meeting = Meeting.objects.create(
        placement=placement,
        kind=Meeting.Kind.REVIEW,
        held_on=held_on,
        notes=notes.strip(),
        recorded_by=by,
        **_presence(present),
    )
    kept = [action for action in actions if not action.empty]
    for action in kept:
        _add(meeting, action)
    after = {"on": held_on, "present": sorted(present), "actions": len(kept)}
    audit.record("review meeting recorded", placement, by=by, after=after)
    return meeting


@transaction.atomic
def change(*, meeting: Meeting, held_on: date, present: Collection[str], notes: str, by: User) -> Meeting:
    """What was written of a review meeting was wrong or not all; the audit trail keeps the day and who was there."""
    placement = _held(meeting.placement)
    if not permissions.can_record(by, placement) or meeting.kind != Meeting.Kind.REVIEW:
        raise PermissionDenied("change a meeting")
    refuse(_problems(placement, held_on, present, notes))
    before = {"on": meeting.held_on, "present": [side for side in rules.SIDES if getattr(meeting, f"{side}_present")]}
    meeting.held_on, meeting.notes = held_on, notes.strip()
    for name, value in _presence(present).items():
        setattr(meeting, name, value)
    meeting.save()
    after = {"on": held_on, "present": sorted(present)}
    audit.record("review meeting changed", placement, by=by, before=before, after=after)
    return meeting


@transaction.atomic
def add_action(*, meeting: Meeting, action: Agreed, by: User) -> MeetingAction:
    """One more thing that was agreed there."""
    if not permissions.can_record(by, meeting.placement):
        raise PermissionDenied("add an action")
    if action.empty:
        refuse([Problem("Enter what is to be done", "text_1", "R-11.4")])
    refuse(rules.action_problems([action], meeting.held_on))
    made = _add(meeting, action)
    audit.record("meeting: action added", meeting.placement, by=by, after={"owner": made.owner, "due": made.due_on})
    return made


@transaction.atomic
def tick(*, action: MeetingAction, by: User) -> MeetingAction:
    """The owner has done it. A second call changes nothing."""
    action = _locked(action)
    if not permissions.can_tick(by, action):
        raise PermissionDenied("tick off")
    if action.done_on is None:
        _write(action, done_on=today(), done_by=by)
        audit.record("meeting: action done", action.meeting.placement, by=by, after={"action": action.pk})
    return action


@transaction.atomic
def untick(*, action: MeetingAction, by: User) -> MeetingAction:
    """It was ticked off by mistake. A second call changes nothing."""
    action = _locked(action)
    if not permissions.can_tick(by, action):
        raise PermissionDenied("take the tick back")
    if action.done_on is not None:
        _write(action, done_on=None, done_by=None)
        audit.record("meeting: action open again", action.meeting.placement, by=by, after={"action": action.pk})
    return action


@transaction.atomic
def drop(*, action: MeetingAction, by: User) -> None:
    """It was never agreed, or is no longer wanted; whoever records meetings takes it away."""
    action = _locked(action)
    placement = action.meeting.placement
    if not permissions.can_record(by, placement):
        raise PermissionDenied("take an action away")
    if action.done_on is not None:
        raise Refused([Problem("It has been done already, and stays on record.", rule="R-11.4")])
    audit.record("meeting: action taken away", placement, by=by, before={"action": action.text, "owner": action.owner})
    action.delete()


def _problems(placement: Placement, held_on: date, present: Collection[str], notes: str) -> list[Problem]:
    since = timezone.localdate(placement.created_at)
    return rules.meeting_problems(held_on, present, notes, today=today(), since=since)


def _presence(present: Collection[str]) -> dict[str, bool]:
    return {f"{side}_present": side in present for side in rules.SIDES}


def _add(meeting: Meeting, action: Agreed) -> MeetingAction:
    return MeetingAction.objects.create(
        meeting=meeting,
        text=action.text.strip(),
        owner=action.owner,
        due_on=action.due_on,  # type: ignore[misc]  # the rules have asked for a day
    )


def _write(action: MeetingAction, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(action, name, value)
    action.save(update_fields=list(changes))


def _locked(action: MeetingAction) -> MeetingAction:
    rows = MeetingAction.objects.select_for_update(of=("self",))
    return rows.select_related("meeting__placement__post").get(pk=action.pk)


def _held(placement: Placement) -> Placement:
    rows = Placement.objects.select_for_update(of=("self",))
    return rows.select_related("post").get(pk=placement.pk)
