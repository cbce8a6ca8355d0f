"""What changes of a post on a day, while the post goes on (R-17.7)."""

from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from schools.register.models import School
from staff.expertise.vocabulary import Funding, FundingArea
from staff.posts.lifecycle import AbsenceKind
from staff.posts.models.posts import Post
from staff.posts.querysets import AbsenceQuerySet


class PostHours(models.Model):
    """Another full-time equivalent from a day on, until the next one. The post itself has what it began with."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="hours")
    starts_on = models.DateField("from")
    fte = models.DecimalField(
        "full-time equivalent",
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(1)],
    )

    personal_data = PersonalData().shows(
        37, "Changes of your hours", "from: starts_on; full-time equivalent: fte", accounts=("post__user",)
    )

    class Meta:
        ordering = ["starts_on"]
        verbose_name_plural = "hours of posts"
        constraints = [
            models.UniqueConstraint(fields=["post", "starts_on"], name="post_hours_once_a_day"),
            models.CheckConstraint(name="post_hours_in_range", condition=Q(fte__gt=0, fte__lte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.fte} from {self.starts_on:%-d %B %Y}"


class PostFunding(models.Model):
    """Another main source of money from a day on, until the next one (R-2.11). The post has what it began with."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="fundings")
    starts_on = models.DateField("from")
    funding = models.CharField("funded by", max_length=15, choices=Funding)
    funding_area = models.CharField("what the department pays for", max_length=15, choices=FundingArea, blank=True)

    personal_data = PersonalData().shows(
        32,
        "Changes of who pays for your post",
        "from: starts_on; funded by: get_funding_display; what the department pays for: get_funding_area_display",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["starts_on"]
        verbose_name_plural = "funding of posts"
        constraints = [
            models.UniqueConstraint(fields=["post", "starts_on"], name="post_funding_once_a_day"),
            models.CheckConstraint(
                name="post_funding_area_if_department",
                condition=Q(funding=Funding.DEPARTMENT) & ~Q(funding_area="")
                | ~Q(funding=Funding.DEPARTMENT) & Q(funding_area=""),
            ),
        ]

    def __str__(self) -> str:
        area = f" ({self.get_funding_area_display()})" if self.funding_area else ""
        return f"{self.get_funding_display()}{area} from {self.starts_on:%-d %B %Y}"


class PostMove(models.Model):
    """The post goes on at another home school from a day on (decision 19). What is `done` is the history of homes."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="moves")
    left = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name="from")
    home = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name="to")
    on = models.DateField("first day at the new school")
    done = models.BooleanField("carried out", default=False)

    personal_data = PersonalData().shows(
        38,
        "Moves to another home school",
        "from: left.name; to: home.name; on; carried out: done",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post"], name="one_move_to_come", condition=Q(done=False)),
        ]

    def __str__(self) -> str:
        return f"{self.left.name} to {self.home.name}, {self.on:%-d %B %Y}"


class PostAbsence(models.Model):
    """A time away from the post, which goes on. Why is for the office, the AST and the own head alone."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=10, choices=AbsenceKind)
    starts_on = models.DateField("first day away")
    ends_on = models.DateField("last day away", null=True, blank=True)
    decided_on = models.DateField(say_later("placements decided on"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    personal_data = PersonalData().shows(
        39,
        say_later("Times away from your AST post"),
        "kind: get_kind_display; from: starts_on; until: ends_on",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                name="absence_dates_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(fields=["post"], name="one_open_absence", condition=Q(ends_on__isnull=True)),
        ]

    def __str__(self) -> str:
        until = f" to {self.ends_on:%-d %B %Y}" if self.ends_on else ""
        return f"Away from {self.starts_on:%-d %B %Y}{until}"

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
