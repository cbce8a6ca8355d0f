"""The meetings of a placement as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from astcoord.core.words import say_later
from evaluation.meetings import permissions
from evaluation.meetings.models import MeetingAction
from placements.placement.lifecycle import ReviewKind
from placements.placement.models import Meeting, Placement
from placements.supported.redaction import Redactor, redactor
from staff.accounts.models import User

PRESENT = {
    "host_head_present": "host headteacher",
    "ast_present": say_later("AST"),
    "coordinator_present": say_later("co-ordinator"),
    "staff_present": "supported staff",
}


@dataclass(frozen=True)
class ActionLine:
    """One thing agreed, and what this reader may do with it."""

    action: MeetingAction
    text: str
    state: str
    colour: str
    can_tick: bool


@dataclass(frozen=True)
class Held:
    """One meeting for one reader."""

    meeting: Meeting
    present: Sequence[str]
    notes: str
    went_ahead_because: str
    """Where somebody was missing (R-8.0)."""

    actions: Sequence[ActionLine]
    can_change: bool


@dataclass(frozen=True)
class Meetings:
    """All meetings of a placement, the newest first, and the days fixed for those to come."""

    held: Sequence[Held]
    planned: Sequence[date]
    can_record: bool


def of_placement(placement: Placement, user: User, today: date) -> Meetings:
    """Four queries, whatever the number of meetings. Without names for those who may not know them."""
    redact = redactor(user, placement)
    can_record = permissions.can_record(user, placement)
    rows = placement.meetings.prefetch_related("actions").order_by("-held_on", "-pk")
    planned = placement.reviews_planned.filter(kind=ReviewKind.REVIEW_MEETING, on__gte=today)
    return Meetings(
        held=[_held(meeting, user, today=today, redact=redact, can_record=can_record) for meeting in rows],
        planned=[review.on for review in planned],
        can_record=can_record,
    )


def _held(meeting: Meeting, user: User, *, today: date, redact: Redactor, can_record: bool) -> Held:
    actions: list[MeetingAction] = list(meeting.actions.all())  # type: ignore[attr-defined]
    for action in actions:
        action.meeting = meeting
    return Held(
        meeting=meeting,
        present=[words for name, words in PRESENT.items() if getattr(meeting, name)],
        notes=redact(meeting.notes),
        went_ahead_because=redact(meeting.absence_consent),
        actions=[_line(action, user, today, redact) for action in actions],
        can_change=can_record and meeting.kind == Meeting.Kind.REVIEW,
    )


def _line(action: MeetingAction, user: User, today: date, redact: Redactor) -> ActionLine:
    if action.done_on:
        state, colour = "Done", "green"
    elif action.is_overdue(today):
        state, colour = "Overdue", "red"
    else:
        state, colour = "To do", "yellow"
    return ActionLine(action, redact(action.text), state, colour, permissions.can_tick(user, action))
