"""What an AST wants changed in an entry whose term is closed, and what became of it (R-10.8)."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.personal_data import PersonalData
from evaluation.corrections.lifecycle import Outcome
from evaluation.corrections.querysets import CorrectionQuerySet
from evaluation.diary.models import DiaryEntry


class Correction(models.Model):
    """One request. `before` is the entry as it stood, `asked` as it should be: facts by the names of `rules.LABELS`."""

    entry = models.ForeignKey(DiaryEntry, models.PROTECT, related_name="corrections")
    before = models.JSONField(encoder=DjangoJSONEncoder)
    asked = models.JSONField(encoder=DjangoJSONEncoder)
    why = models.TextField(max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    answer = models.TextField("why not", max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    personal_data = (
        PersonalData(case="entry__day__placement__request", may_name=("before", "asked", "why", "answer"))
        .tells_of_work("entry__day__placement__post__user")
        .shows(
            71,
            "Corrections of diary entries that you asked for",
            "placement: entry.day.placement.reference; on: entry.day.on; why; asked: asked_at; "
            "outcome: get_outcome_display; answer",
            accounts=("asked_by",),
        )
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_correction_per_entry", fields=["entry"], condition=Q(outcome=Outcome.OPEN)
            ),
            models.CheckConstraint(
                name="correction_answered_when_and_by_whom",
                condition=Q(outcome=Outcome.OPEN, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(outcome=Outcome.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="correction_refused_with_reason", condition=~Q(outcome=Outcome.REFUSED) | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"Correction of {self.entry}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:correction", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.outcome == Outcome.OPEN
