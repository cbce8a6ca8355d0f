"""QA visits: an AST’s teaching or outreach is looked at, written up, shared and commented (R-3.7, R-3.8)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from staff.posts.models import Post
from staff.quality.lifecycle import QA_VISIT, WRITTEN, QaKind, QaStatus
from staff.quality.querysets import QaVisitQuerySet

LINE = say_later("QA visits to ASTs")
"""Of the retention schedule."""


class QaVisit(models.Model):
    """One visit. The outcome is kept in the words of the scale that held when it was written up."""

    machine: ClassVar[Machine] = QA_VISIT

    post = models.ForeignKey(Post, models.PROTECT, related_name="qa_visits")
    kind = models.CharField("what is looked at", max_length=10, choices=QaKind)
    on = models.DateField("day")
    visitor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=QaStatus, default=QaStatus.PLANNED)
    outcome = models.CharField(max_length=60, blank=True)
    strengths = models.TextField("what was good", max_length=2000, blank=True)
    actions = models.TextField("what is to be done", max_length=2000, blank=True)
    comment = models.TextField(say_later("the AST’s comment"), max_length=2000, blank=True)
    head_may_read = models.BooleanField("the own headteacher may read the report", default=False)

    objects = QaVisitQuerySet.as_manager()

    personal_data = PersonalData(
        own=(Own(("outcome", "strengths", "actions", "comment"), say_later("the AST"), LINE),)
    ).shows(
        99,
        "QA visits to you",
        "day: on; what was looked at: get_kind_display; visitor: visitor.name; state: get_status_display; outcome; "
        "what was good: strengths; what is to be done: actions; your comment: comment",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "QA visit"
        constraints = [
            models.UniqueConstraint(
                "post",
                "kind",
                "on",
                name="qa_visit_once_a_day",
                condition=~models.Q(status=QaStatus.CANCELLED),
            ),
            models.CheckConstraint(
                name="qa_visit_outcome_when_written_up",
                condition=models.Q(status__in=sorted(WRITTEN)) & ~models.Q(outcome="")
                | ~models.Q(status__in=sorted(WRITTEN)) & models.Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {date_words(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("staff:qa_visit", args=[self.pk])
