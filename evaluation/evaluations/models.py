"""Evaluation forms of a placement: asked of the host head, the people supported, the AST and the co-ordinator."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.fields import ChoiceSetField
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from evaluation.evaluations.lifecycle import (
    EVALUATION,
    EVALUATION_WITH_OWNER,
    AskedOf,
    EvaluationKind,
    EvaluationStatus,
    Helps,
    Reached,
    TookPart,
)
from evaluation.evaluations.querysets import EvaluationQuerySet
from evaluation.evaluations.wording import Sheet, sheet_of
from placements.placement.models import Objective, Placement
from placements.supported.models import SupportedStaff

TEXTS = ("practice", "learning", "evidence", "impact", "standards", "conditions", "continues")


def _text(words: str) -> "models.TextField[str, str]":
    return models.TextField(words, blank=True, max_length=2000)


class Evaluation(models.Model):
    """One form of one kind, asked of one person from `opens_on` and due on `due_on`.

    `person` is one of the people supported, who answer by a link; `shared` is their own yes to the AST's reading it.
    `paper_on` is the day on a paper that the office entered. What is asked stands in `wording.SHEETS`; on four `levels`
    where the policy said so when it was asked, and that stays (R-11.6, R-16.1).
    """

    machine: ClassVar[Machine] = EVALUATION

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="evaluations")
    kind = models.CharField(max_length=10, choices=EvaluationKind)
    asked_of = models.CharField(max_length=12, choices=AskedOf)
    person = models.ForeignKey(SupportedStaff, models.PROTECT, null=True, blank=True, related_name="evaluations")
    status = models.CharField(max_length=10, choices=EvaluationStatus, default=EvaluationStatus.DUE)
    levels = models.BooleanField("asked on four levels", default=False)
    opens_on = models.DateField("asked from")
    due_on = models.DateField("due")

    helps = models.CharField("whether the support helps", max_length=10, choices=Helps, blank=True)
    practice = _text("what has changed in practice")
    learning = _text("what was learnt")
    evidence = _text("what shows it")
    impact = _text("what has changed in the school as a whole")
    standards = _text("what shows an effect on standards")
    conditions = _text("what helps and what stands in the way")
    continues = _text("what continues")
    talked_on = models.DateField("day of the talk", null=True, blank=True)
    took_part = ChoiceSetField("who took part", options=TookPart.choices, blank=True)
    shared = models.BooleanField(say_later("the AST may read it"), null=True, blank=True)
    without_reason = models.TextField("why it does without the school’s view", blank=True, max_length=1000)

    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    paper_on = models.DateField("day on the paper", null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(blank=True, max_length=1000)
    waive_reason = models.TextField(blank=True, max_length=1000)

    objects = EvaluationQuerySet.as_manager()

    personal_data = (
        PersonalData(
            case="placement__request",
            may_name=(*TEXTS, "without_reason", "return_reason", "waive_reason"),
        )
        .tells_of_work("placement__post__user", only=lambda rows: rows.read_by_the_ast())
        .shows(
            74,
            "Evaluations that you wrote or accepted",
            "placement: placement.reference; which: get_kind_display; status: get_status_display; "
            "handed in: submitted_at if submitted_by; practice: practice if submitted_by; what shows it: evidence if "
            "submitted_by; what was learnt: learning if submitted_by; the school as a whole: impact if submitted_by; "
            "standards: standards if submitted_by; what helps: conditions if submitted_by; "
            "what continues: continues if submitted_by; accepted by you: accepted_at if accepted_by",
            accounts=("submitted_by", "accepted_by"),
            only=lambda rows: rows.filter(paper_on=None),  # what stands on a paper is somebody else's
        )
        .shows(
            75,
            "Evaluations that you were asked for as one of the people supported",
            "placement: placement.reference; which: get_kind_display; status: get_status_display; due: due_on; "
            "handed in: submitted_at; does it help: get_helps_display; practice; what was learnt: learning; "
            "what shows it: evidence; standards; "
            "what helps: conditions; what continues: continues; the AST may read it: shared",
            person="person",
        )
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evaluation_person_where_supported",
                condition=Q(asked_of=AskedOf.SUPPORTED, person__isnull=False)
                | (~Q(asked_of=AskedOf.SUPPORTED) & Q(person__isnull=True)),
            ),
            models.CheckConstraint(name="evaluation_due_after_asked", condition=Q(due_on__gte=F("opens_on"))),
            models.UniqueConstraint(
                name="interim_evaluation_once_a_round",
                fields=["placement", "opens_on", "asked_of"],
                condition=Q(kind=EvaluationKind.INTERIM, person__isnull=True),
            ),
            models.UniqueConstraint(
                name="interim_evaluation_once_a_round_and_person",
                fields=["opens_on", "person"],
                condition=Q(kind=EvaluationKind.INTERIM, person__isnull=False),
            ),
            models.UniqueConstraint(
                name="evaluation_once_a_kind",
                fields=["placement", "kind", "asked_of"],
                condition=~Q(kind=EvaluationKind.INTERIM) & Q(person__isnull=True),
            ),
            models.UniqueConstraint(
                name="evaluation_once_a_kind_and_person",
                fields=["kind", "person"],
                condition=~Q(kind=EvaluationKind.INTERIM) & Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="evaluation_handed_in_when",
                condition=~Q(status__in=[EvaluationStatus.SUBMITTED, EvaluationStatus.ACCEPTED])
                | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="evaluation_accepted_when_and_by_whom",
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="evaluation_waived_has_reason",
                condition=~Q(status=EvaluationStatus.WAIVED) | ~Q(waive_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_asked_of_display().lower()}, {self.placement.reference}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:evaluation", args=[self.pk])

    @property
    def sheet(self) -> Sheet:
        """What it asks."""
        return sheet_of(self.kind, self.asked_of, levels=self.levels)

    @property
    def concludes(self) -> bool:
        """The co-ordinator's own part of the final evaluation, concluded."""
        own = self.kind == EvaluationKind.FINAL and self.asked_of == AskedOf.COORDINATOR
        return own and self.status == EvaluationStatus.ACCEPTED

    def is_overdue(self, today: date) -> bool:
        """Still with whoever was asked although the day has passed."""
        return self.status in EVALUATION_WITH_OWNER and self.due_on < today


class ObjectiveReached(models.Model):
    """How far one objective was reached in the end, in the words of one form. About the objective, never a person."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="objectives")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="reached")
    reached = models.CharField(max_length=10, choices=Reached, blank=True)
    evidence = models.TextField("what shows it", blank=True, max_length=2000)

    personal_data = (
        PersonalData(case="evaluation__placement__request", may_name=("evidence",))
        .tells_of_work(
            "evaluation__placement__post__user",
            only=lambda rows: rows.filter(evaluation__in=Evaluation.objects.read_by_the_ast().values("pk")),
        )
        .shows(
            76,
            "What you wrote of objectives in evaluations",
            "placement: evaluation.placement.reference; objective: objective.number; reached: get_reached_display; "
            "what shows it: evidence",
            accounts=("evaluation__submitted_by",),
        )
        .shows(
            76,
            "What you wrote of objectives in evaluations",
            "placement: evaluation.placement.reference; objective: objective.number; reached: get_reached_display; "
            "what shows it: evidence",
            person="evaluation__person",
        )
    )

    class Meta:
        ordering = ["objective__number"]
        verbose_name_plural = "objectives reached"
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "objective"], name="reached_once_per_objective"),
        ]

    def __str__(self) -> str:
        return f"{self.objective}: {self.get_reached_display()}"
