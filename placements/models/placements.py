"""One agreed spell of outreach: who, where, when, and to what end (R-8.11)."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.fields import ChoiceSetField, days_field
from astcoord.core.lifecycle import Machine
from placements.lifecycle import PLACEMENT, PLACEMENT_OPEN, PlacementStatus
from placements.models.matches import Match
from placements.models.priorities import Priority
from placements.models.requests import OutreachRequest, Selection, StaffKind
from placements.querysets import PlacementQuerySet, SupportedQuerySet
from schools.models import School
from staff.models import Post
from staff.vocabulary import Subject, Weekday, WorkType


class Cover(models.TextChoices):
    """How the home school covers the AST's class (R-4.12)."""

    REDEPLOYED = "redeployed", "Staff redeployed within the school"
    PART_TIME = "part_time", "Part-time appointment"
    RETIRED = "retired", "Retired teacher, part-time"
    EXTRA_DAY = "extra_day", "Extra day for a part-time teacher"
    FLOATING = "floating", "Floating teacher"
    TIMETABLE = "timetable", "The timetable leaves the day free"
    SUPPLY = "supply", "Daily supply"
    HEAD = "head", "The headteacher"


class Placement(models.Model):
    """The spell itself. Terms are filled in while the protocol is worked through, and frozen in each contract."""

    machine: ClassVar[Machine] = PLACEMENT

    request = models.ForeignKey(OutreachRequest, models.PROTECT, related_name="placements")
    match = models.OneToOneField(Match, models.PROTECT, related_name="placement")
    post = models.ForeignKey(Post, models.PROTECT, related_name="placements", verbose_name="AST")
    home = models.ForeignKey(School, models.PROTECT, related_name="placements_out", verbose_name="home school")
    host = models.ForeignKey(School, models.PROTECT, related_name="placements_in", verbose_name="host school")
    status = models.CharField(max_length=20, choices=PlacementStatus, default=PlacementStatus.PLANNED)
    created_at = models.DateTimeField(auto_now_add=True)

    # The terms
    subject = models.CharField(max_length=20, choices=Subject)
    focus = models.TextField("aims", max_length=2000)
    priorities = models.ManyToManyField(Priority, related_name="placements", blank=True)
    no_priority_reason = models.TextField("why it serves no priority", blank=True, max_length=500)
    work_types = ChoiceSetField("kinds of work", options=WorkType.choices, blank=True)
    days = days_field()
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)
    day_share = days_field(default=Decimal(1), choices=[(Decimal("0.5"), "Half a day"), (Decimal(1), "Whole day")])
    day_shape = models.TextField("shape of the day", blank=True, max_length=1000)
    notice_days = models.PositiveSmallIntegerField("school days’ notice to prepare something", null=True, blank=True)
    host_expectations = models.TextField("what the host school will do", blank=True, max_length=2000)
    ast_expectations = models.TextField("what the AST will do", blank=True, max_length=2000)

    # What the protocol needs to know
    meeting_called_for = models.DateField("preliminary meeting", null=True, blank=True)
    meeting_place = models.CharField("time and place", max_length=200, blank=True)
    role_statement_sent_on = models.DateField(null=True, blank=True)
    circulated_on = models.DateField(null=True, blank=True)
    staff_meeting_on = models.DateField(null=True, blank=True)
    staff_meeting_not_needed = models.BooleanField(default=False)
    visit_planned_on = models.DateField("visit to the AST’s school", null=True, blank=True)
    visit_host_agrees = models.BooleanField(default=False)
    visit_home_agrees = models.BooleanField(default=False)
    visit_waived_reason = models.TextField(blank=True)
    override_reason = models.TextField("why P2 or P3 was overridden", blank=True)

    # Cover at home
    cover = ChoiceSetField(options=Cover.choices, blank=True)
    cover_note = models.TextField(blank=True, max_length=1000)
    cover_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="placement_home_is_not_host", condition=~Q(home=F("host"))),
            models.CheckConstraint(name="placement_days_positive", condition=Q(days__gt=0)),
            models.CheckConstraint(
                name="placement_dates_in_order",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="placement_ended_when_and_why",
                condition=Q(ended_on__isnull=True, ended_reason="") | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.post.user.name} at {self.host.name}"

    def get_absolute_url(self) -> str:
        return reverse("placements:placement_detail", args=[self.pk])

    @property
    def reference(self) -> str:
        return f"P{self.pk:05d}"

    @property
    def is_open(self) -> bool:
        return self.status in PLACEMENT_OPEN

    @property
    def current_contract(self) -> "models.Model | None":
        """The contract version in force, from prefetched versions where there are any."""
        return next((v for v in self.contracts.all() if v.superseded_at is None), None)


class Objective(models.Model):
    """One aim that both schools can check: where things stand now, and what will count as success."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("objective", max_length=1000)
    baseline = models.TextField("where things stand now", max_length=1000)
    criterion = models.TextField("what will count as success", max_length=1000)
    evidence = models.TextField("what will show it", max_length=1000)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="objective_number_once"),
            models.CheckConstraint(
                name="objective_has_baseline_and_criterion",
                condition=~Q(text="") & ~Q(baseline="") & ~Q(criterion="") & ~Q(evidence=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Objective {self.number}"


class SupportedStaff(models.Model):
    """One of the people supported, taken over from the request. `first_met_on` is the individual talk of P2.

    They have no account: a link in an e-mail opens their own form. Only links of the newest version work (R-6.11).
    """

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="supported")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=StaffKind)
    email = models.EmailField(blank=True)
    selection = models.CharField(max_length=10, choices=Selection)
    willing_to_develop = models.BooleanField(default=False)
    willing_to_continue = models.BooleanField(default=False)
    first_met_on = models.DateField(null=True, blank=True)
    withdrew_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField("first confirmed", null=True, blank=True)
    link_version = models.PositiveSmallIntegerField(default=0)
    link_sent_at = models.DateTimeField(null=True, blank=True)

    objects = SupportedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "supported staff"

    def __str__(self) -> str:
        return self.name

    def takes_part(self, on: date) -> bool:
        """Had not withdrawn before that day; as `taking_part` asks it of the database (R-6.12)."""
        return self.withdrew_on is None or self.withdrew_on >= on

    @property
    def has_own_form(self) -> bool:
        """Can be sent a link: one person with an address. A group's form is filled in on paper."""
        return bool(self.email) and self.kind != StaffKind.GROUP

    @property
    def initials(self) -> str:
        """How the home head sees them (section G, contract)."""
        return "".join(f"{word[0].upper()}." for word in self.name.split() if word)
