"""What each person supported confirms before the contract, and every later word on their own goals (R-6.11)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.fields import ChoiceSetField
from placements.models.placements import SupportedStaff


class Commitment(models.TextChoices):
    """What a person supported agrees to, in the first person: the same words on the screen and on paper."""

    READ = "read", "I have read the protocol"
    TIME = "time", "I am ready to give extra time to it"
    DIALOGUE = "dialogue", "I will look back on my teaching, judge it myself and bring my own questions"
    RISKS = "risks", "I will take risks: try things that may not work the first time"
    ALONGSIDE = "alongside", "I will work alongside the AST, in planning and in lessons"


class Confirmation(models.Model):
    """One saving of a person's form. The newest counts, the others are its history.

    `recorded_by` is empty where the person used the link, and names who entered it where it came on paper.
    """

    person = models.ForeignKey(SupportedStaff, models.CASCADE, related_name="confirmations")
    agreed = ChoiceSetField("what the person agreed to", options=Commitment.choices)
    development = models.TextField("what the person wants to get better at", max_length=1000, blank=True)
    gain = models.TextField("what the person hopes to gain", max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField("day on which the paper was signed", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="paper_confirmation_has_day_and_recorder",
                condition=Q(recorded_by__isnull=True, signed_on__isnull=True)
                | Q(recorded_by__isnull=False, signed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.at:%-d %B %Y}"

    @property
    def own(self) -> bool:
        """Given by the person, through the link."""
        return self.recorded_by_id is None
