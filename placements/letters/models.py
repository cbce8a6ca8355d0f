"""A round of availability letters: one per term, one letter per school, ever (R-5.1, R-5.3)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from astcoord.core.lifecycle import Machine
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.personal_data import PersonalData
from placements.letters.lifecycle import ROUND, RoundStatus
from placements.letters.querysets import LetterQuerySet
from schools.calendar.models import Term
from schools.register.models import School


class LetterRound(models.Model):
    """The letters of one term. `number` 0 is the term's own round; early issues (R-5.2) count from 1."""

    machine: ClassVar[Machine] = ROUND

    term = models.ForeignKey(Term, models.PROTECT, related_name="letter_rounds")
    number = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=RoundStatus, default=RoundStatus.BUILT)
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    personal_data = PersonalData(not_personal={"the letterhead, the dates and the policy’s words": ("facts",)})

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["term", "number"], name="one_letter_round_per_term")]

    def __str__(self) -> str:
        return f"{self.term.name} letters" + (f", early issue {self.number}" if self.number else "")

    @property
    def as_of(self) -> date:
        """The day of which its letters speak."""
        return date.fromisoformat(self.facts["as_of"])


class Letter(models.Model):
    """One school's letter. Without an e-mail address it is printed and posted, and `posted_on` says when."""

    round = models.ForeignKey(LetterRound, models.PROTECT, related_name="letters")
    school = models.ForeignKey(School, models.PROTECT, related_name="letters")
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, models.PROTECT, null=True, blank=True, related_name="+")
    posted_on = models.DateField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["school__name_key"]
        constraints = [
            models.UniqueConstraint(fields=["round", "school"], name="one_letter_per_school_per_round"),
            models.CheckConstraint(
                name="letter_emailed_or_posted", condition=Q(message__isnull=True) | Q(posted_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.school.name}"
