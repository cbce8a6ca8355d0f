"""A deployment plan with everything it was made from, what came of it, and who accepted what (section 7).

The plan's row is also the worker's queue. Once a plan is made its result never changes: lines, unmet requests,
explanations and decisions are append-only, and the columns of the result are written once, with the last move.
"""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.fields import days_field
from astcoord.core.lifecycle import Machine
from astcoord.core.models.about import AppendOnly, AppendOnlyQuerySet
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from placements.matching.models import Match
from placements.planning.lifecycle import PLAN, PLAN_ACCEPTABLE, PLAN_MADE, PLAN_UNDER_WAY, PlanStatus
from placements.planning.querysets import PlanQuerySet
from placements.requests.models import OutreachRequest
from staff.posts.models import Post

SHORTEST, LONGEST = 5, 600
"""Seconds that a plan may take."""

RESULT = (
    "solver", "levels", "stages", "certificate", "verdict", "warnings", "place", "place_bound", "gap", "reproducible",
    "seconds", "offered", "outcome", "ready_at",
)  # fmt: skip
"""Columns that are written once, when the plan is made."""


class Plan(models.Model):
    """One proposal of who goes where in a half-term, a term or a year; or a what-if beside such a plan."""

    class Kind(models.TextChoices):
        REAL = "real", "Plan"
        WHAT_IF = "what_if", "What-if"

    machine: ClassVar[Machine] = PLAN

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.REAL)
    status = models.CharField(max_length=14, choices=PlanStatus, default=PlanStatus.QUEUED)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    span = models.SlugField("half-term, term or year", max_length=22)
    title = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    sharing = models.BooleanField(say_later("two ASTs may share a request"), default=False)
    time_limit = models.PositiveSmallIntegerField(
        "seconds", default=60, validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    # What it is made from: never changed
    input = models.TextField(editable=False)
    input_sha256 = models.CharField(max_length=64, editable=False)
    format = models.PositiveSmallIntegerField(default=1, editable=False)
    weights_version = models.CharField(max_length=20, editable=False)
    left_out = models.JSONField(default=list, editable=False)
    changes = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)

    # The queue
    attempt = models.PositiveSmallIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    progress = models.JSONField(default=dict, editable=False)
    problem = models.TextField("what went wrong", blank=True, editable=False)
    explained_at = models.DateTimeField(null=True, blank=True, editable=False)

    # What came of it: written once
    solver = models.JSONField(default=dict, editable=False)
    levels = models.JSONField(default=list, editable=False)
    stages = models.JSONField(default=list, editable=False)
    certificate = models.JSONField(default=list, editable=False)
    verdict = models.JSONField(default=list, editable=False)
    warnings = models.JSONField(default=list, editable=False)
    place = models.BigIntegerField(null=True, editable=False)
    place_bound = models.BigIntegerField(null=True, editable=False)
    gap = models.FloatField(null=True, editable=False)
    reproducible = models.BooleanField(default=False, editable=False)
    seconds = models.FloatField(null=True, editable=False)
    offered = models.JSONField(default=dict, editable=False)
    outcome = models.JSONField(default=dict, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)

    objects = PlanQuerySet.as_manager()

    personal_data = PersonalData(
        not_personal={
            "weeks, numbers and the software’s own words": (
                *("span", "title", "input", "input_sha256", "weights_version", "left_out", "progress", "problem"),
                *("solver", "levels", "stages", "certificate", "verdict", "warnings", "offered", "outcome"),
            ),
            say_later("an AST or a change that somebody imagined"): ("changes",),
        }
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = "deployment plan"
        constraints = [
            models.CheckConstraint(name="plan_dates_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="plan_what_if_has_parent", condition=Q(kind="real") | Q(parent__isnull=False)),
            models.CheckConstraint(
                name="plan_made_has_result",
                condition=~Q(status__in=sorted(PLAN_MADE)) | Q(ready_at__isnull=False, gap__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_what_if_is_never_accepted",
                condition=Q(kind="real") | ~Q(status__in=[PlanStatus.PART_ACCEPTED, PlanStatus.ACCEPTED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is made is never changed: only status and the notes of the queue may be written afterwards."""
        if not self._state.adding and self.ready_at is not None:
            written = set(kwargs.get("update_fields") or RESULT)
            if written & set(RESULT) and type(self).objects.filter(pk=self.pk, ready_at__isnull=False).exists():
                raise TypeError("the result of a plan is written once")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("placements:plan", args=[self.pk])

    @property
    def reference(self) -> str:
        """What people quote on the telephone."""
        return f"D{self.pk:05d}"

    @property
    def is_what_if(self) -> bool:
        return self.kind == self.Kind.WHAT_IF

    @property
    def under_way(self) -> bool:
        return self.status in PLAN_UNDER_WAY

    @property
    def made(self) -> bool:
        return self.status in PLAN_MADE

    @property
    def acceptable(self) -> bool:
        return self.status in PLAN_ACCEPTABLE and not self.is_what_if


class PlanPair(AppendOnly):
    """An AST and a request that the co-ordinator pinned together, or kept apart, for a plan and those made from it."""

    class Kind(models.TextChoices):
        PIN = "pin", "Pinned"
        FORBID = "forbid", "Ruled out"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="pairs")
    kind = models.CharField(max_length=6, choices=Kind)
    request = models.ForeignKey(OutreachRequest, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    personal_data = PersonalData(case="request", may_name=("reason",)).tells_of_work("post__user")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="plan_pair_once", fields=["plan", "request", "post"]),
            models.CheckConstraint(name="plan_pair_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.post} and {self.request}"


class PlanLine(AppendOnly):
    """One AST for one request, or for half of it. Without a post it is the AST whom a what-if adds."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    request = models.ForeignKey(OutreachRequest, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=say_later("AST"))
    newcomer = models.CharField(max_length=120, blank=True)
    priority = models.PositiveSmallIntegerField()
    days = days_field()
    half = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    dates = models.JSONField(default=list)
    by_half_term = models.JSONField(default=dict)
    points = models.IntegerField()
    km = models.FloatField(null=True)
    parts = models.JSONField(default=list)

    personal_data = PersonalData(
        not_personal={
            say_later("an AST who does not exist"): ("newcomer",),
            "numbers": ("dates", "by_half_term", "parts"),
        }
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="plan_line_once", fields=["plan", "request", "post"]),
            models.CheckConstraint(name="plan_line_days_positive", condition=Q(days__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.request.reference}: {self.days:f} of {self.ast_name}"

    @property
    def ast_name(self) -> str:
        return self.post.name if self.post else self.newcomer


class PlanUnmet(AppendOnly):
    """One request that the plan does not meet; `obstacles` counts ASTs by the first thing that stood in the way."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="unmet")
    request = models.ForeignKey(OutreachRequest, models.PROTECT, related_name="+")
    priority = models.PositiveSmallIntegerField()
    days = days_field(default=Decimal(0))
    obstacles = models.JSONField(default=list)
    able = models.PositiveSmallIntegerField(default=0)

    personal_data = PersonalData(not_personal={"numbers": ("obstacles",)})

    class Meta:
        ordering = ["priority", "pk"]
        verbose_name_plural = "unmet requests"
        constraints = [models.UniqueConstraint(name="plan_unmet_once", fields=["plan", "request"])]

    def __str__(self) -> str:
        return f"{self.request.reference}, not met"


class PlanNote(AppendOnly):
    """What was found out afterwards: why one request came out as it did, or what one AST more would bring."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="notes")
    request = models.ForeignKey(OutreachRequest, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)

    personal_data = PersonalData(not_personal={"codes and numbers": ("subject", "facts")})

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="plan_note_once", fields=["plan", "request"], condition=Q(subject="")),
            models.UniqueConstraint(
                name="plan_note_once_per_subject", fields=["plan", "subject"], condition=~Q(subject="")
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"About {self.request}"


class PlanDecision(AppendOnly):
    """What became of a line when somebody accepted it: a match, perhaps with another AST, or a refusal and why."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        OVERRIDDEN = "overridden", say_later("Accepted with another AST")
        REFUSED = "refused", "No longer fits"

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    match = models.OneToOneField(Match, models.PROTECT, null=True, related_name="plan_decision")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    personal_data = PersonalData(case="line__request", may_name=("reason",)).tells_of_work("line__post__user")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_decision_has_match_or_reason",
                condition=Q(outcome="refused", match__isnull=True) & ~Q(reason="")
                | Q(outcome="accepted", match__isnull=False)
                | Q(outcome="overridden", match__isnull=False) & ~Q(reason=""),
            ),
            models.UniqueConstraint(name="plan_line_accepted_once", fields=["line"], condition=~Q(outcome="refused")),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
