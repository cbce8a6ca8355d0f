"""News of the authority for its ASTs, all or some, from a day to a day (R-3.20)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say, say_later
from schools.register.lifecycle import Phase
from staff.expertise.vocabulary import Subject
from staff.notices.lifecycle import NoticeState
from staff.notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """One piece of news, or one aim. Without phase and subject it is for all ASTs."""

    title = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    phase = models.CharField(say_later("only for ASTs of this phase"), max_length=12, choices=Phase, blank=True)
    subject = models.CharField(say_later("only for ASTs of this subject"), max_length=20, choices=Subject, blank=True)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    by_email = models.BooleanField("by e-mail, too", default=False)
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    personal_data = PersonalData(not_personal={say_later("the authority’s own"): ("title", "text")})

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [models.CheckConstraint(name="notice_in_order", condition=Q(ends_on__gte=F("starts_on")))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("staff:notice", args=[self.pk])

    @property
    def whom(self) -> str:
        """Such as “Primary, Mathematics and numeracy”."""
        said = [str(self.get_phase_display()) if self.phase else "", str(self.get_subject_display())]
        return ", ".join(filter(None, said)) or say("All ASTs")

    def state(self, today: date) -> NoticeState:
        """How it stands on a day; agrees with `shown`."""
        if self.withdrawn_on:
            return NoticeState.WITHDRAWN
        if today < self.starts_on:
            return NoticeState.TO_COME
        return NoticeState.OVER if today > self.ends_on else NoticeState.SHOWN
