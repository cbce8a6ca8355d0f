"""The review half-way through a placement: how it goes, and whether and how it goes on (R-19.2)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from evaluation.half_way.lifecycle import HALF_WAY, Decision, HalfWayStatus, Side
from evaluation.half_way.querysets import HalfWayQuerySet
from placements.placement.models import Placement


class HalfWayReview(models.Model):
    """One for each placement. `host_at` and `ast_at` say when a view was last saved; None while there is none."""

    machine: ClassVar[Machine] = HALF_WAY

    placement = models.OneToOneField(Placement, models.PROTECT, related_name="half_way_review")
    status = models.CharField(max_length=10, choices=HalfWayStatus, default=HalfWayStatus.ASKED)
    asked_on = models.DateField()
    due_on = models.DateField("to be answered by")

    host_view = models.TextField("the host school’s view", blank=True, max_length=2000)
    host_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    host_at = models.DateTimeField(null=True, blank=True)
    ast_view = models.TextField(say_later("the AST’s view"), blank=True, max_length=2000)
    ast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ast_at = models.DateTimeField(null=True, blank=True)

    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    grounds = models.TextField("why", blank=True, max_length=2000)
    exit_plan = models.TextField("exit plan", blank=True, max_length=2000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = HalfWayQuerySet.as_manager()

    personal_data = (
        PersonalData(case="placement__request", may_name=("host_view", "ast_view", "grounds", "exit_plan"))
        .tells_of_work("placement__post__user")
        .shows(
            76,
            "Half-way reviews that you answered or decided",
            "placement: placement.reference; asked: asked_on; status: get_status_display; "
            "the school’s view: host_view if host_by; the AST’s view: ast_view if ast_by; "
            "decided by you: decided_at if decided_by",
            accounts=("host_by", "ast_by", "decided_by"),
        )
    )

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="half_way_decided_what_and_by_whom",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, decision="")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision="") & ~Q(exit_plan="")),
            ),
            models.CheckConstraint(
                name="half_way_decided_has_a_decision",
                condition=Q(status=HalfWayStatus.DECIDED, decided_at__isnull=False)
                | (~Q(status=HalfWayStatus.DECIDED) & Q(decided_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Half-way review, {self.placement}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:half_way", args=[self.placement_id])

    @property
    def missing(self) -> list[str]:
        """The sides that have not said how it goes."""
        return [side for side in Side.values if getattr(self, f"{side}_at") is None]
