"""What becomes of a correction that was asked for (R-10.8)."""

from django.db import models

from astcoord.core.words import say_later


class Outcome(models.TextChoices):
    OPEN = "open", say_later("Waiting for the co-ordinator")
    CORRECTED = "corrected", "Corrected"
    REFUSED = "refused", "Left as it was"
    WITHDRAWN = "withdrawn", "Taken back"
