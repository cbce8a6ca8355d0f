"""States of a meeting that decides deployments, and what it may decide (R-7.6)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Took place"
    CANCELLED = "cancelled", "Cancelled"


class GroupKind(models.TextChoices):
    GROUP = "group", "Deployment group, for every subject"
    NETWORK = "network", "Subject network"


class Side(models.TextChoices):
    """For whom a member sits there."""

    SCHOOL = "school", "Schools"
    AUTHORITY = "authority", say_later("The authority")


class Outcome(models.TextChoices):
    AGREED = "agreed", "Agreed"
    NOT_AGREED = "not_agreed", "Not agreed"
    PUT_OFF = "put_off", "Put off to a later meeting"


FINAL = frozenset({Outcome.AGREED, Outcome.NOT_AGREED})
"""Nothing more is to be decided."""
S = MeetingStatus
GROUP_MEETING = Machine(
    "group meeting",
    MeetingStatus,
    [
        Move.of("hold", S.PLANNED, S.HELD, "Record that it took place", "Co"),
        Move.of("cancel", S.PLANNED, S.CANCELLED, "Cancel the meeting", "Co"),
    ],
    colours={S.PLANNED: "blue", S.HELD: "green", S.CANCELLED: "grey"},
)
