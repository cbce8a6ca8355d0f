"""How a notice stands on a day (R-3.20): read from its days and whether it is withdrawn, never stored."""

from django.db import models


class NoticeState(models.TextChoices):
    SHOWN = "shown", "Shown now"
    TO_COME = "to_come", "Still to come"
    OVER = "over", "Over"
    WITHDRAWN = "withdrawn", "Withdrawn"
