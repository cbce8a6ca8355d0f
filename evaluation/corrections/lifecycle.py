"""What becomes of a correction that was asked for (R-10.8)."""

from django.db import models


class Outcome(models.TextChoices):
    OPEN = "open", "Waiting for the co-ordinator"
    CORRECTED = "corrected", "Corrected"
    REFUSED = "refused", "Left as it was"
    WITHDRAWN = "withdrawn", "Taken back"
