"""States of an outreach day (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class DayStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    CONFIRMED = "confirmed", "Confirmed by the host school"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


DAY_OPEN = frozenset({DayStatus.PLANNED, DayStatus.CONFIRMED})
"""Neither written up nor called off."""
DAY_COUNTS = DAY_OPEN | {DayStatus.DONE}
"""Days that use the weekly cap."""

DAY = Machine(
    "outreach day",
    DayStatus,
    [
        Move.of("confirm", DayStatus.PLANNED, DayStatus.CONFIRMED, "Confirm the day", "HH"),
        Move.of(
            "ask_again",
            DayStatus.CONFIRMED,
            DayStatus.PLANNED,
            "Ask the school again, after a change",
            say_later("AST"),
        ),
        Move.of("do", [DayStatus.PLANNED, DayStatus.CONFIRMED], DayStatus.DONE, "Write the diary", say_later("AST")),
        Move.of("cancel", [DayStatus.PLANNED, DayStatus.CONFIRMED], DayStatus.CANCELLED, "Cancel the day", "AST/HH"),
    ],
    colours={
        DayStatus.PLANNED: "blue",
        DayStatus.CONFIRMED: "blue",
        DayStatus.DONE: "green",
        DayStatus.CANCELLED: "grey",
    },
)


class PartKind(models.TextChoices):
    """What a part of a day's plan is for (R-10.1, R-6.3)."""

    WORK = "work", "Work with supported staff"
    MODEL_LESSON = "model_lesson", "Model lesson"
    TOGETHER = "together", "Planning together"
    MEETING = "meeting", "Non-contact meeting"
    OWN_PLANNING = "own_planning", say_later("AST’s own planning")
    TALK = "talk", "End-of-day talk"
    REVIEW = "review", "Time kept for review"
