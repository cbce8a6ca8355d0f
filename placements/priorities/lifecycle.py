"""How a priority stands on a day."""

from django.db import models


class PriorityState(models.TextChoices):
    """How a priority of the authority stands on a day: read from its years and whether it is retired, never stored."""

    RUNS = "runs", "Runs now"
    TO_COME = "to_come", "Still to come"
    ENDED = "ended", "Ended"
    RETIRED = "retired", "Retired"
