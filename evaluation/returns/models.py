"""The return visit, one or two terms after a placement: what remains, what has lasted, which data say so (R-11.9)."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.fields import days_field
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from evaluation.returns.lifecycle import RETURN, Remains, ReturnStatus, Side
from evaluation.returns.querysets import ReturnQuerySet
from evaluation.returns.rules import REPORT_WITHIN
from placements.placement.models import Objective, Placement

SHARES = [(Decimal(0), "None"), (Decimal("0.5"), "Half a day"), (Decimal(1), "A whole day")]


class ReturnVisit(models.Model):
    """One visit. `opens_on` and `due_on` are the first and last day of its term; `days` of the AST's year are used
    only where that was agreed with the day.
    """

    machine: ClassVar[Machine] = RETURN

    placement = models.OneToOneField(Placement, models.PROTECT, related_name="return_visit")
    status = models.CharField(max_length=10, choices=ReturnStatus, default=ReturnStatus.SCHEDULED)
    term = models.CharField(max_length=40)
    opens_on = models.DateField("first day of its term")
    due_on = models.DateField("last day of its term")
    visit_on = models.DateField("day of the visit", null=True, blank=True)
    days = days_field(default=Decimal(0), choices=SHARES)
    proposed_by = models.CharField(max_length=4, choices=Side, blank=True)
    lasting = models.TextField("what has lasted", blank=True, max_length=2000)
    figures = models.TextField("supporting data", blank=True, max_length=2000)
    standards = models.TextField("what shows an effect on standards", blank=True, max_length=2000)
    reported_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(blank=True, max_length=1000)
    cancel_reason = models.TextField(blank=True, max_length=1000)
    asked_by = models.CharField(say_later("who asks the co-ordinator"), max_length=4, choices=Side, blank=True)
    asked_reason = models.TextField(say_later("what is asked of the co-ordinator"), blank=True, max_length=1000)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    personal_data = (
        PersonalData(
            case="placement__request",
            may_name=("lasting", "figures", "standards", "return_reason", "cancel_reason", "asked_reason"),
            not_personal={"calendar": ("term",)},
        )
        .tells_of_work("placement__post__user")
        .shows(
            77,
            "Return visits that you reported or closed",
            "placement: placement.reference; day: visit_on; status: get_status_display; "
            "what has lasted: lasting if placement.post.user; supporting data: figures if placement.post.user; "
            "of standards: standards if placement.post.user; "
            "closed by you: closed_at if closed_by",
            accounts=("placement__post__user", "closed_by"),
        )
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="return_visit_term_in_order", condition=Q(due_on__gte=F("opens_on"))),
            models.CheckConstraint(name="return_visit_days_not_negative", condition=Q(days__gte=0)),
            models.CheckConstraint(
                name="return_visit_dated_has_day",
                condition=Q(status__in=[ReturnStatus.SCHEDULED, ReturnStatus.CANCELLED]) | Q(visit_on__isnull=False),
            ),
            models.CheckConstraint(
                name="return_visit_reported_when",
                condition=~Q(status__in=[ReturnStatus.REPORTED, ReturnStatus.CLOSED]) | Q(reported_at__isnull=False),
            ),
            models.CheckConstraint(
                name="return_visit_cancelled_why",
                condition=~Q(status=ReturnStatus.CANCELLED) | ~Q(cancel_reason=""),
            ),
            models.CheckConstraint(
                name="return_visit_asked_why",
                condition=Q(asked_by="", asked_reason="") | ~Q(asked_by="") & ~Q(asked_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Return visit of {self.placement.reference}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:return_visit", args=[self.pk])

    @property
    def report_due(self) -> date | None:
        return self.visit_on + REPORT_WITHIN if self.visit_on else None


class ReturnFinding(models.Model):
    """What the AST found of one objective at the return visit; a draft may leave it open."""

    visit = models.ForeignKey(ReturnVisit, models.CASCADE, related_name="findings")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="findings")
    remains = models.CharField(max_length=10, choices=Remains, blank=True)
    evidence = models.TextField("what shows it", blank=True, max_length=2000)

    personal_data = (
        PersonalData(case="visit__placement__request", may_name=("evidence",))
        .tells_of_work("visit__placement__post__user")
        .shows(
            78,
            "What you wrote of objectives after return visits",
            "placement: visit.placement.reference; objective: objective.number; remains: get_remains_display; "
            "what shows it: evidence",
            accounts=("visit__placement__post__user",),
        )
    )

    class Meta:
        ordering = ["objective__number"]
        constraints = [models.UniqueConstraint(fields=["visit", "objective"], name="finding_once_per_objective")]

    def __str__(self) -> str:
        return f"{self.objective}: {self.get_remains_display()}"
