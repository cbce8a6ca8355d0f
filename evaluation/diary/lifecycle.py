"""States of a diary entry (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move


class DiaryStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    LOCKED = "locked", "Locked"


DIARY = Machine(
    "diary entry",
    DiaryStatus,
    [
        Move.of("submit", DiaryStatus.DRAFT, DiaryStatus.SUBMITTED, "Submit the entry", "AST"),
        Move.of("lock", DiaryStatus.SUBMITTED, DiaryStatus.LOCKED, "Lock at the end of term", "Sys"),
    ],
    colours={DiaryStatus.DRAFT: "grey", DiaryStatus.SUBMITTED: "green", DiaryStatus.LOCKED: "green"},
)
