"""States of a diary entry (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class DiaryStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    LOCKED = "locked", "Locked"
    CORRECTION_ASKED = "correction_asked", say_later("Waiting for the co-ordinator: a correction")
    CORRECTED = "corrected", "Corrected"


S = DiaryStatus
DIARY_CLOSED = frozenset({S.LOCKED, S.CORRECTED})
"""The term is over: a change is asked for (R-10.8)."""

DIARY = Machine(
    "diary entry",
    DiaryStatus,
    [
        Move.of("submit", S.DRAFT, S.SUBMITTED, "Submit the entry", say_later("AST")),
        Move.of("lock", S.SUBMITTED, S.LOCKED, "Lock at the end of term", "Sys"),
        Move.of("ask_correction", DIARY_CLOSED, S.CORRECTION_ASKED, "Ask for a correction", say_later("AST")),
        Move.of("correct", S.CORRECTION_ASKED, S.CORRECTED, "Correct as asked", "Co"),
        Move.of("refuse_correction", S.CORRECTION_ASKED, S.LOCKED, "Leave it as it is", "Co"),
        Move.of("withdraw_correction", S.CORRECTION_ASKED, S.LOCKED, "Take the request back", say_later("AST")),
    ],
    colours={
        S.DRAFT: "grey",
        S.SUBMITTED: "green",
        S.LOCKED: "green",
        S.CORRECTION_ASKED: "yellow",
        S.CORRECTED: "green",
    },
)
