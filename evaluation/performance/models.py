"""Outreach judgements: each school year the co-ordinator writes one of every AST, to the AST's own head (R-12.2)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from evaluation.evaluations.lifecycle import Reached
from evaluation.performance.lifecycle import JUDGEMENT, READ, STANDS, JudgementStatus
from evaluation.performance.querysets import JudgementQuerySet
from schools.calendar.models import AcademicYear
from schools.register.models import School
from staff.descriptions.models import JobObjective
from staff.posts.models import Post

LINE = say_later("Outreach judgements for the performance management of ASTs")
"""Of the retention schedule."""


class OutreachJudgement(models.Model):
    """One version of what is judged of one AST's outreach in one school year.

    `home` is the school to whose headteacher it was issued, also after the AST has moved. No text names anybody
    supported: names are taken out before it is stored (R-12.3).
    """

    machine: ClassVar[Machine] = JUDGEMENT

    post = models.ForeignKey(Post, models.PROTECT, related_name="outreach_judgements", verbose_name=say_later("AST"))
    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="outreach_judgements")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=JudgementStatus, default=JudgementStatus.DRAFT)
    judgement = models.TextField("the outreach as a whole", max_length=3000, blank=True)
    development = models.TextField(say_later("what the AST needs to develop as an AST"), max_length=2000, blank=True)
    home = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="issued to")
    issued_on = models.DateField(null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.TextField("why it was withdrawn", max_length=500, blank=True)

    objects = JudgementQuerySet.as_manager()

    personal_data = PersonalData(
        own=(Own(("judgement", "development", "withdrawn_because"), say_later("the AST"), LINE),)
    ).shows(
        100,
        "Outreach judgements of your work",
        "school year: year; version; state: get_status_display; the outreach as a whole: judgement; what you need to "
        "develop as an AST: development; targets; issued: issued_on; acknowledged: acknowledged_on; "
        "why it was withdrawn: withdrawn_because",
        accounts=("post__user",),
        only=lambda rows: rows.filter(issued_on__isnull=False),
        made={"targets": lambda row, _: [f"{each}: {each.evidence}" for each in row.targets.all()]},
    )

    class Meta:
        ordering = ["-year__starts_on", "post", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["post", "year", "version"], name="judgement_version_once"),
            models.UniqueConstraint(
                fields=["post", "year"], name="judgement_one_draft", condition=Q(status=JudgementStatus.DRAFT)
            ),
            models.UniqueConstraint(
                fields=["post", "year"], name="judgement_one_stands", condition=Q(status__in=sorted(STANDS))
            ),
            models.CheckConstraint(
                name="judgement_issued_when_and_to_whom",
                condition=Q(status__in=sorted(READ), home__isnull=False, issued_on__isnull=False)
                | Q(status=JudgementStatus.DRAFT, home__isnull=True, issued_on__isnull=True)
                | Q(status=JudgementStatus.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="judgement_issued_is_whole",
                condition=~Q(status__in=sorted(READ)) | ~Q(judgement="") & ~Q(development=""),
            ),
            models.CheckConstraint(
                name="judgement_withdrawn_with_reason",
                condition=~Q(status=JudgementStatus.WITHDRAWN) | ~Q(withdrawn_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Outreach judgement of {self.post.name}, {self.year}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:judgement", args=[self.pk])


class TargetJudged(models.Model):
    """How far one objective on outreach of the job description was reached, and what shows it (R-12.1, R-12.2)."""

    judgement = models.ForeignKey(OutreachJudgement, models.CASCADE, related_name="targets")
    objective = models.ForeignKey(JobObjective, models.PROTECT, related_name="judged")
    reached = models.CharField(max_length=10, choices=Reached, blank=True)
    evidence = models.TextField("what shows it", max_length=1000, blank=True)

    personal_data = PersonalData(own=(Own(("evidence",), say_later("the AST"), LINE),))

    class Meta:
        ordering = ["objective", "pk"]
        verbose_name_plural = "targets judged"
        constraints = [models.UniqueConstraint(fields=["judgement", "objective"], name="target_judged_once")]

    def __str__(self) -> str:
        return f"{self.objective.text}: {self.get_reached_display() or 'not judged'}"
