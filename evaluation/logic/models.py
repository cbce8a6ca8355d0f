"""The logic model of a placement, in versions: steps that lead to each other, and what they serve (R-11.7)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import PersonalData
from evaluation.logic.lifecycle import LOGIC, LOGIC_OPEN, LogicStatus, StepKind
from evaluation.logic.querysets import LogicQuerySet
from placements.placement.models import Objective, Placement

LONGEST = 250
"""Of the words of one step."""


class LogicModel(models.Model):
    """One version. A change half-way is a later version; the earlier one holds until the later one is agreed."""

    machine: ClassVar[Machine] = LOGIC

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="logic_models")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=LogicStatus, default=LogicStatus.DRAFT)
    begun_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.TextField("what should be changed", blank=True, max_length=1000)

    objects = LogicQuerySet.as_manager()

    personal_data = (
        PersonalData(case="placement__request", may_name=("return_reason",))
        .tells_of_work("placement__post__user")
        .shows(
            79,
            "Logic models that you submitted or agreed",
            "placement: placement.reference; version; status: get_status_display; submitted by you: submitted_at if "
            "submitted_by; agreed by you: agreed_at if agreed_by",
            accounts=("submitted_by", "agreed_by"),
        )
    )

    class Meta:
        ordering = ["placement_id", "-version"]
        constraints = [
            models.UniqueConstraint(name="logic_model_version_once", fields=["placement", "version"]),
            models.UniqueConstraint(
                name="logic_model_one_open", fields=["placement"], condition=Q(status__in=sorted(LOGIC_OPEN))
            ),
            models.UniqueConstraint(
                name="logic_model_one_agreed", fields=["placement"], condition=Q(status=LogicStatus.AGREED)
            ),
            models.CheckConstraint(
                name="logic_model_submitted_when",
                condition=Q(status=LogicStatus.DRAFT) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="logic_model_agreed_when_and_by_whom",
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Logic model, version {self.version}, {self.placement.reference}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:logic_version", args=[self.pk])


class LogicStep(models.Model):
    """One step. `leads_to` is the number of another one of the same version; a draft may leave open what is missing."""

    model = models.ForeignKey(LogicModel, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField("what it is", max_length=10, choices=StepKind, blank=True)
    text = models.CharField("in words", max_length=LONGEST, blank=True)
    leads_to = models.PositiveSmallIntegerField("the step that it leads to", null=True, blank=True)
    objectives = models.ManyToManyField(Objective, blank=True, related_name="logic_steps")

    personal_data = (
        PersonalData(case="model__placement__request", may_name=("text",))
        .tells_of_work("model__placement__post__user")
        .shows(
            79,
            "Steps of logic models that you submitted",
            "placement: model.placement.reference; version: model.version; step: number; what it is: "
            "get_kind_display; in words: text",
            accounts=("model__submitted_by",),
        )
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="logic_step_number_once", fields=["model", "number"])]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
