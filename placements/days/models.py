"""Outreach days, what is to happen on each, and the ledger that has an entry for every one (design, section 7)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.fields import days_field
from astcoord.core.lifecycle import Machine
from astcoord.core.models.about import AppendOnly
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from placements.days.lifecycle import DAY, DAY_COUNTS, DayStatus, PartKind
from placements.days.querysets import DayQuerySet, LedgerQuerySet
from placements.placement.models import Placement
from placements.supported.models import SupportedStaff
from schools.calendar.models import AcademicYear
from staff.posts.models import Post


class OutreachDay(models.Model):
    """One day, or half of one, of a placement."""

    class Venue(models.TextChoices):
        HOST = "host", "At the host school"
        HOME = "home", say_later("At the AST’s own school")

    class CancelledBy(models.TextChoices):
        HOST = "host", "Host school"
        AST = "ast", say_later("AST or home school")

    machine: ClassVar[Machine] = DAY

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="outreach_days")
    on = models.DateField("date")
    days = days_field()
    venue = models.CharField(max_length=4, choices=Venue, default=Venue.HOST)
    status = models.CharField(max_length=10, choices=DayStatus, default=DayStatus.PLANNED)
    note = models.CharField(max_length=250, blank=True)
    cancelled_by = models.CharField(max_length=4, choices=CancelledBy, blank=True)
    cancelled_reason = models.CharField(max_length=250, blank=True)
    parts_version = models.PositiveSmallIntegerField("times the plan was saved", default=0)

    objects = DayQuerySet.as_manager()

    personal_data = (
        PersonalData(case="placement__request", may_name=("note", "cancelled_reason"))
        .tells_of_work("placement__post__user")
        .shows(
            52,
            "Your outreach days",
            "placement: placement.reference; on; days; status: get_status_display; note; "
            "called off because: cancelled_reason; plan: plan_in_words",
            accounts=("placement__post__user",),
            free=("plan_in_words",),
        )
    )

    class Meta:
        ordering = ["on", "pk"]
        # What falls between two dates, and how many days that is, is answered from the index alone.
        indexes = [models.Index(fields=["on", "status", "days"])]
        constraints = [
            models.CheckConstraint(name="day_is_part_of_a_day", condition=Q(days__gt=0, days__lte=1)),
            models.UniqueConstraint(
                name="one_live_day_per_placement_and_date",
                fields=["placement", "on"],
                condition=Q(status__in=sorted(DAY_COUNTS)),
            ),
            models.CheckConstraint(
                name="day_cancelled_by_whom_and_why",
                condition=~Q(status=DayStatus.CANCELLED) | (~Q(cancelled_by="") & ~Q(cancelled_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%-d %B %Y}, {self.days} of a day"

    def plan_in_words(self) -> str:
        """What is to happen, in one line."""
        return "; ".join(part.in_words() for part in self.parts.all())


class LedgerEntry(AppendOnly):
    """One movement of an AST's time in one year. Balances are sums of these; nothing stores a balance."""

    class Kind(models.TextChoices):
        BUDGET = "budget", "Budget"
        CONTRACT = "contract", "Contracted"
        PLAN = "plan", "Planned"
        DELIVERY = "delivery", "Delivered"
        ACTIVITY = "activity", say_later("Other AST work")
        INREACH = "inreach", "Inreach"
        MOVE = "move", "Set aside for a use"

    post = models.ForeignKey(Post, models.PROTECT, related_name="ledger")
    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=10, choices=Kind)
    days = days_field()
    on = models.DateField()
    placement = models.ForeignKey(Placement, models.PROTECT, null=True, blank=True, related_name="ledger")
    day = models.ForeignKey(OutreachDay, models.PROTECT, null=True, blank=True, related_name="ledger")
    category = models.CharField("use", max_length=60, blank=True)
    source = models.CharField("record that it is of", max_length=30, blank=True)
    reason = models.CharField(max_length=250, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = LedgerQuerySet.as_manager()

    personal_data = PersonalData(
        case="placement__request",
        may_name=("reason",),
        not_personal={say_later("how the authority divides a year"): ("category",), "a kind and a number": ("source",)},
    ).shows(
        53,
        "Your time account",
        "year: year.slug; kind: get_kind_display; use: category; days; on; why: reason",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "ledger entries"
        indexes = [models.Index(fields=["post", "year", "kind"])]
        constraints = [
            models.CheckConstraint(name="ledger_entry_moves_something", condition=~Q(days=0)),
            models.CheckConstraint(
                name="ledger_names_its_placement",
                condition=Q(kind__in=["budget", "activity", "inreach", "move"]) | Q(placement__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.days:+}"

    @property
    def taken_off(self) -> Any:
        """The days of an entry that takes some away, without the sign."""
        return -self.days


class DayPart(models.Model):
    """One stretch of a day's plan. A model lesson has a class, and watchers: people supported, or others by role."""

    Kind = PartKind

    day = models.ForeignKey(OutreachDay, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=Kind)
    minutes = models.PositiveSmallIntegerField()
    taught = models.CharField("class or group", max_length=60, blank=True)
    same_class = models.CharField("the class as it is counted", max_length=60, blank=True)
    watchers = models.ManyToManyField(SupportedStaff, blank=True, related_name="lessons_watched")
    other_watcher = models.CharField("another member of staff who watches, by role", max_length=100, blank=True)

    personal_data = (
        PersonalData(case="day__placement__request", may_name=("taught", "other_watcher"), emptied=("same_class",))
        .tells_of_work("day__placement__post__user")
        .shows(
            63,
            "Model lessons planned for you to watch",
            "placement: day.placement.reference; on: day.on; class: taught; minutes",
            person="watchers",
        )
    )

    class Meta:
        ordering = ["day", "number"]
        indexes = [models.Index(fields=["same_class"], condition=~Q(same_class=""), name="model_lessons_of_a_class")]
        constraints = [
            models.UniqueConstraint(fields=["day", "number"], name="day_part_number_once"),
            models.CheckConstraint(name="day_part_lasts", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="only_a_model_lesson_has_a_class",
                condition=Q(kind="model_lesson") & ~Q(taught="")
                | ~Q(kind="model_lesson") & Q(taught="", same_class="", other_watcher=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.minutes} minutes"

    def in_words(self) -> str:
        """ "Model lesson, 60 minutes, Year 4, watched by the teaching assistant"."""
        watching = f"watched by {self.other_watcher}" if self.other_watcher else ""
        return ", ".join(filter(None, [str(self), self.taught, watching]))


class LessonTold(models.Model):
    """A class that had a model lesson, as the diary of a day tells it, whether or not the day's plan has it (R-6.5)."""

    day = models.ForeignKey(OutreachDay, models.CASCADE, related_name="lessons_told")
    taught = models.CharField("class or group", max_length=60)
    same_class = models.CharField("the class as it is counted", max_length=60)

    personal_data = PersonalData(case="day__placement__request", may_name=("taught",), emptied=("same_class",)).shows(
        64,
        "Classes of the model lessons in your diary",
        "placement: day.placement.reference; on: day.on; class: taught",
        accounts=("day__placement__post__user",),
    )

    class Meta:
        ordering = ["day", "pk"]
        verbose_name_plural = "lessons told"
        constraints = [
            models.UniqueConstraint(
                name="lesson_told_once_per_class", fields=["day", "same_class"], condition=~Q(same_class="")
            )
        ]

    def __str__(self) -> str:
        return self.taught
