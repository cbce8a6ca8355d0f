"""How one of the ten items stands: whether it is agreed, and whether it has been done (R-8.0)."""

from django.db import models


class Agreement(models.TextChoices):
    NOT_DISCUSSED = "not_discussed", "Not discussed"
    AGREED = "agreed", "Agreed"
    WITH_ACTION = "with_action", "Agreed with an action"


class Fulfilment(models.TextChoices):
    OUTSTANDING = "outstanding", "Outstanding"
    ONGOING = "ongoing", "Ongoing"
    FULFILLED = "fulfilled", "Fulfilled"
