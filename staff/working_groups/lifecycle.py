"""How an action of a working group stands (R-3.15)."""

from django.db import models


class ActionState(models.TextChoices):
    OPEN = "open", "To be done"
    OVERDUE = "overdue", "Overdue"
    DONE = "done", "Done"
