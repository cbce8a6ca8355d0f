"""States of a place at a briefing session (R-2.21)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class BookingStatus(models.TextChoices):
    WAITING = "waiting", "On the waiting list"
    BOOKED = "booked", "Place booked"
    CANCELLED = "cancelled", "Given back"


class Attends(models.TextChoices):
    """As whom somebody comes."""

    HEAD = "head", "Headteacher"
    TEACHER = "teacher", say_later("Teacher who may become an AST")


S = BookingStatus

OPEN = frozenset({S.BOOKED, S.WAITING})
BOOKING = Machine(
    "briefing place",
    BookingStatus,
    [
        Move.of("give", S.WAITING, S.BOOKED, "Give the place that came free", "Sys"),
        Move.of("cancel", OPEN, S.CANCELLED, "Give the place back", "OH/Co"),
    ],
    colours={S.BOOKED: "green", S.WAITING: "yellow", S.CANCELLED: "grey"},
)
