"""States of a QA visit (requirements E, R-3.7)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class QaStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    DONE = "done", "Done: waits to be written up"
    WRITTEN_UP = "written_up", "Written up: not shared yet"
    SHARED = "shared", say_later("Shared: waits for the AST’s comment")
    COMMENTED = "commented", "Commented: waits to be closed"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class QaKind(models.TextChoices):
    """What is looked at: every AST is visited for both."""

    TEACHING = "teaching", "Teaching"
    OUTREACH = "outreach", "Outreach"


S = QaStatus

TOOK_PLACE = frozenset({S.DONE, S.WRITTEN_UP, S.SHARED, S.COMMENTED, S.CLOSED})
"""Counts as visited."""
WRITTEN = frozenset({S.WRITTEN_UP, S.SHARED, S.COMMENTED, S.CLOSED})
"""There is a report."""
WITH_AST = frozenset({S.SHARED, S.COMMENTED, S.CLOSED})
"""The AST reads the report."""
OPEN = frozenset({S.PLANNED, S.DONE, S.WRITTEN_UP})
"""The visitor is still at it."""
QA_VISIT = Machine(
    "QA visit",
    QaStatus,
    [
        Move.of("do", S.PLANNED, S.DONE, "Record that it took place", "LC/Co"),
        Move.of("cancel", S.PLANNED, S.CANCELLED, "Cancel the visit", "LC/Co"),
        Move.of("write_up", S.DONE, S.WRITTEN_UP, "Write up", "LC/Co"),
        Move.of("share", S.WRITTEN_UP, S.SHARED, say_later("Share with the AST"), "LC/Co"),
        Move.of("comment", S.SHARED, S.COMMENTED, "Comment", say_later("AST")),
        Move.of("close", S.COMMENTED, S.CLOSED, "Close", "LC/Co"),
    ],
    colours={
        S.PLANNED: "blue",
        S.DONE: "yellow",
        S.WRITTEN_UP: "yellow",
        S.SHARED: "yellow",
        S.COMMENTED: "yellow",
        S.CLOSED: "green",
        S.CANCELLED: "grey",
    },
)
