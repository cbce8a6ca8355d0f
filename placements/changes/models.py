"""A proposed change of a contract in force: the terms as they would be, and what became of it (R-8.12, R-8.15)."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.fields import ChoiceSetField, days_field
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from placements.agreement.models import ContractVersion
from placements.changes.lifecycle import AMENDMENT, AMENDMENT_OPEN, AmendmentKind, AmendmentStatus
from placements.changes.querysets import AmendmentQuerySet
from placements.placement.models import Objective, Placement, of_the_inspector
from placements.requests.models import RequestedStaff
from placements.supported.models import SupportedStaff
from staff.expertise.vocabulary import Weekday, WorkType


class Amendment(models.Model):
    """What the contract in force (`cites`) would become. Its terms are whole, so that each row reads by itself.

    `version` is what was put before the parties; `answer` says why it was refused or taken back.
    """

    machine: ClassVar[Machine] = AMENDMENT
    Kind = AmendmentKind

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=10, choices=AmendmentKind)
    status = models.CharField(max_length=10, choices=AmendmentStatus, default=AmendmentStatus.DRAFT)
    cites = models.ForeignKey(ContractVersion, models.PROTECT, related_name="+")
    version = models.OneToOneField(ContractVersion, models.PROTECT, null=True, blank=True, related_name="amendment")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField("why it is needed", max_length=500)
    answer = models.TextField("why it did not come into force", blank=True, max_length=500)

    # The terms as they would be
    focus = models.TextField("aims", max_length=2000)
    work_types = ChoiceSetField("kinds of work", options=WorkType.choices, blank=True)
    days = days_field()
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    weekday = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)
    day_share = days_field(default=Decimal(1), choices=[(Decimal("0.5"), "Half a day"), (Decimal(1), "Whole day")])
    host_expectations = models.TextField("what the host school will do", blank=True, max_length=2000)
    ast_expectations = models.TextField(say_later("what the AST will do"), blank=True, max_length=2000)
    monitor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=say_later("co-ordinator who follows the work"),
    )
    inspector_name = models.CharField("senior education inspector", max_length=150, blank=True)
    inspector_role = models.CharField("the inspector’s role", max_length=150, blank=True)
    evaluation_on = models.DateField("final evaluation", null=True, blank=True)
    leaving = models.ManyToManyField(SupportedStaff, related_name="+", blank=True)

    objects = AmendmentQuerySet.as_manager()

    personal_data = (
        PersonalData(
            case="placement__request",
            may_name=("reason", "answer", "focus", "host_expectations", "ast_expectations"),
            own=(Own(("inspector_name", "inspector_role"), "the inspector", "Contracts and signatures"),),
            shown=(of_the_inspector("placement.reference"),),
        )
        .tells_of_work("placement__post__user")
        .shows(
            45,
            "Changes of contracts that you asked for",
            "placement: placement.reference; what: get_kind_display; asked: asked_at; status: get_status_display; "
            "why: reason",
            accounts=("asked_by",),
            free=("reason",),
        )
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_amendment", fields=["placement"], condition=Q(status__in=sorted(AMENDMENT_OPEN))
            ),
            models.CheckConstraint(name="amendment_days_positive", condition=Q(days__gt=0)),
            models.CheckConstraint(name="amendment_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="amendment_refused_with_reason", condition=~Q(status=AmendmentStatus.REFUSED) | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.placement.reference}"

    def get_absolute_url(self) -> str:
        return reverse("placements:amendment", args=[self.pk])

    @property
    def is_extension(self) -> bool:
        return self.kind == AmendmentKind.EXTENSION


class Joining(models.Model):
    """Somebody whom the change would name, and what the head declared of them in confidence (R-6.7, R-6.10)."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="joining")
    person = models.OneToOneField(SupportedStaff, models.CASCADE, related_name="+")
    declared = models.OneToOneField(RequestedStaff, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person}, by {self.amendment}"


class AmendedObjective(models.Model):
    """An objective as it would be: a new one, or other words for one there is. It concerns `people`, or everybody."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="objectives")
    objective = models.ForeignKey(Objective, models.SET_NULL, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("objective", max_length=1000)
    baseline = models.TextField("where things stand now", max_length=1000)
    criterion = models.TextField("what will count as success", max_length=1000)
    evidence = models.TextField("what will show it", max_length=1000)
    people = models.ManyToManyField(SupportedStaff, related_name="+", blank=True)

    personal_data = PersonalData(
        case="amendment__placement__request", may_name=("text", "baseline", "criterion", "evidence")
    ).tells_of_work("amendment__placement__post__user")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "number"], name="amended_objective_number_once"),
            models.CheckConstraint(
                name="amended_objective_is_whole",
                condition=~Q(text="") & ~Q(baseline="") & ~Q(criterion="") & ~Q(evidence=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Objective {self.number}"
