"""The three seasons of a school year, and the kinds of closed days."""

from django.db import models

from astcoord.core.policy_choices import SEASONS


class Season(models.TextChoices):
    """The three terms of a year, in the policy's words."""

    AUTUMN, SPRING, SUMMER = SEASONS


class ClosureKind(models.TextChoices):
    INSET = "inset", "Staff training (INSET) day"
    CLOSED = "closed", "Closed"
