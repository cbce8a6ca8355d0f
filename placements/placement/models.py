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
from astcoord.core.personal_data import Own, PersonalData, Shown
from astcoord.core.words import say, say_later
from placements.placement.lifecycle import PLACEMENT, PLACEMENT_OPEN, Cover, EndReason, PlacementStatus, ReviewKind
from placements.placement.querysets import PlacementQuerySet
from placements.priorities.models import Priority
from placements.requests.models import OutreachRequest
from schools.register.models import School
from staff.expertise.vocabulary import Subject, Weekday, WorkType
from staff.posts.models import Post


def of_the_inspector(reference: str) -> Shown:
    """What a senior education inspector is given of rows that name one; `reference` is the way to the placement's."""
    return Shown(
        59,
        say("Placements that name you as the senior education inspector"),
        f"placement: {reference}; name: inspector_name; role: inspector_role",
        found=lambda subject: Q(inspector_name__iexact=subject.name) if subject.name else Q(pk__in=[]),
        by_name=True,
    )


class Placement(models.Model):
    """The spell itself. Terms are filled in while the protocol is worked through, and frozen in each contract."""

    machine: ClassVar[Machine] = PLACEMENT

    request = models.ForeignKey(OutreachRequest, models.PROTECT, related_name="placements")
    match = models.OneToOneField("placements.Match", models.PROTECT, related_name="placement")
    post = models.ForeignKey(Post, models.PROTECT, related_name="placements", verbose_name=say_later("AST"))
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
    ast_expectations = models.TextField(say_later("what the AST will do"), blank=True, max_length=2000)

    monitor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=say_later("co-ordinator who follows the work"),
    )
    """Nobody yet: whoever issues the contract (R-8.11)."""
    inspector_name = models.CharField("senior education inspector", max_length=150, blank=True)
    inspector_role = models.CharField("the inspector’s role", max_length=150, blank=True)

    category = models.CharField(say_later("use of the AST’s year"), max_length=60, blank=True)
    """Empty for the first of the authority's uses, deployment (R-4.2)."""

    # What the protocol needs to know
    meeting_called_for = models.DateField("preliminary meeting", null=True, blank=True)
    meeting_place = models.CharField("time and place", max_length=200, blank=True)
    role_statement_sent_on = models.DateField(null=True, blank=True)
    circulated_on = models.DateField(null=True, blank=True)
    staff_meeting_on = models.DateField(null=True, blank=True)
    staff_meeting_not_needed = models.BooleanField(default=False)
    visit_planned_on = models.DateField(say_later("visit to the AST’s school"), null=True, blank=True)
    visit_host_agrees = models.BooleanField(default=False)
    visit_home_agrees = models.BooleanField(default=False)
    visit_waived_reason = models.TextField(blank=True)
    override_reason = models.TextField("why P2 or P3 was overridden", blank=True)

    # Cover at home
    cover = ChoiceSetField(options=Cover.choices, blank=True)
    cover_note = models.TextField(blank=True, max_length=1000)
    cover_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    # Agreed before this system
    taken_in_on = models.DateField("agreed before this system, and entered on", null=True, blank=True)
    days_before = days_field(verbose_name="days used before it was entered", default=Decimal(0))
    """Used without a date that this system knows: they count as given, and no day is made up for them."""

    # The end: `ended_on` is the last day of a placement that was completed or closed, too
    ended_on = models.DateField(null=True, blank=True)
    ended_category = models.CharField("kind of reason", max_length=12, choices=EndReason, blank=True)
    ended_reason = models.TextField(blank=True)

    objects = PlacementQuerySet.as_manager()

    personal_data = (
        PersonalData(
            case="request",
            may_name=(
                *("focus", "no_priority_reason", "day_shape", "host_expectations", "ast_expectations", "meeting_place"),
                *("visit_waived_reason", "override_reason", "cover_note", "ended_reason"),
            ),
            own=(Own(("inspector_name", "inspector_role"), "the inspector", "Contracts and signatures"),),
            shown=(of_the_inspector("reference"),),
            not_personal={say_later("how the authority divides a year"): ("category",)},
        )
        .tells_of_work("post__user")
        .shows(
            51,
            say_later("Your placements"),
            "reference; school: host.name; status: get_status_display; subject: get_subject_display; days; "
            "from: starts_on; until: ends_on; agreed before this system, entered: taken_in_on; "
            "used before that: days_before",
            accounts=("post__user",),
        )
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="placement_home_is_not_host", condition=~Q(home=F("host"))),
            models.CheckConstraint(name="placement_days_positive", condition=Q(days__gt=0)),
            models.CheckConstraint(
                name="placement_days_before_this_system",
                condition=Q(days_before=0) | Q(days_before__gt=0, taken_in_on__isnull=False),
            ),
            models.CheckConstraint(
                name="placement_dates_in_order",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="placement_ended_why_and_when",
                condition=Q(ended_on__isnull=True, ended_reason="", ended_category="") | Q(ended_on__isnull=False),
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
    def untouched(self) -> bool:
        """Made of a match by its last yes, and the co-ordinator has not acted on it yet (R-20.13)."""
        return self.status == PlacementStatus.PLANNED and self.meeting_called_for is None

    @property
    def over_on(self) -> date | None:
        """The day from which the time of keeping runs: the real last day, else the one that was agreed.

        A placement that nobody remembers to complete is over on its agreed last day all the same. None: no day is
        agreed yet. `PlacementQuerySet.over_before` asks the database the same.
        """
        return self.ended_on or self.ends_on


class Objective(models.Model):
    """One aim that both schools can check: where things stand now, and what will count as success."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("objective", max_length=1000)
    baseline = models.TextField("where things stand now", max_length=1000)
    criterion = models.TextField("what will count as success", max_length=1000)
    evidence = models.TextField("what will show it", max_length=1000)

    personal_data = PersonalData(
        case="placement__request", may_name=("text", "baseline", "criterion", "evidence")
    ).tells_of_work("placement__post__user")

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


class Meeting(models.Model):
    """A preliminary or review meeting, and who was there (R-8.0, R-11.4)."""

    class Kind(models.TextChoices):
        PRELIMINARY = "preliminary", "Preliminary meeting"
        REVIEW = "review", "Review meeting"

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PRELIMINARY)
    held_on = models.DateField()
    host_head_present = models.BooleanField("host headteacher", default=False)
    ast_present = models.BooleanField(say_later("AST"), default=False)
    coordinator_present = models.BooleanField(say_later("co-ordinator"), default=False)
    staff_present = models.BooleanField("supported staff", default=False)
    absence_consent = models.TextField("why it went ahead with somebody missing", blank=True)
    notes = models.TextField("what was decided", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    personal_data = (
        PersonalData(case="placement__request", may_name=("absence_consent", "notes"))
        .tells_of_work("placement__post__user")
        .shows(
            44,
            "Meetings that you recorded",
            "placement: placement.reference; held: held_on; recorded: recorded_at",
            accounts=("recorded_by",),
        )
    )

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_preliminary_meeting", fields=["placement"], condition=Q(kind="preliminary")
            ),
            models.CheckConstraint(
                name="meeting_absence_needs_consent",
                condition=Q(kind="review")
                | ~Q(absence_consent="")
                | Q(host_head_present=True, ast_present=True, coordinator_present=True, staff_present=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.held_on:%-d %B %Y}"


class PlannedReview(models.Model):
    """A date fixed in advance: an evaluation, a review meeting, time kept for review (P4, P6, P9)."""

    Kind = ReviewKind

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="reviews_planned")
    kind = models.CharField(max_length=20, choices=Kind)
    on = models.DateField("date")

    class Meta:
        ordering = ["on", "kind"]
        constraints = [models.UniqueConstraint(fields=["placement", "kind", "on"], name="planned_review_once_a_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on:%-d %B %Y}"
