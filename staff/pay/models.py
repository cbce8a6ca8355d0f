"""The tables of an AST's pay: ranges, points, allowances, contract, income, and what the points of the spine cost."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.fields import ChoiceSetField, pounds_field
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.policy_choices import RANGE_LENGTH, SPINE_POINTS
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from schools.calendar.years import slug_of
from staff.accounts.models import User
from staff.expertise.vocabulary import Funding
from staff.pay import rules
from staff.pay.lifecycle import PAY_RANGE, POINTS, Allowance, ContractKind, RangeStatus
from staff.pay.querysets import AllowanceQuerySet, ContractQuerySet, IncomeQuerySet, PointQuerySet, RangeQuerySet
from staff.posts.models import Post

KEPT = say_later("An AST’s post, assessment, profile and time")
"""The line of the retention schedule."""


class PayRange(models.Model):
    """Five points of the spine that the governors set for a post from a day on (R-2.7, R-2.9)."""

    machine: ClassVar[Machine] = PAY_RANGE

    post = models.ForeignKey(Post, models.CASCADE, related_name="pay_ranges")
    status = models.CharField(max_length=10, choices=RangeStatus, default=RangeStatus.PROPOSED)
    lowest = models.PositiveSmallIntegerField("lowest point")
    highest = models.PositiveSmallIntegerField("highest point")
    starts_on = models.DateField("from")
    pay_rise = models.TextField("the pay rise", max_length=1000, blank=True)
    differentials = models.TextField("the differences to other teachers’ pay", max_length=1000, blank=True)
    threshold = models.TextField("threshold payments open to colleagues", max_length=1000, blank=True)
    talked_on = models.DateField(say_later("talked over with the AST on"), null=True, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_on = models.DateField("decided by the governors on", null=True, blank=True)
    minute = models.CharField("minute of the governors", max_length=60, blank=True)

    objects = RangeQuerySet.as_manager()

    personal_data = (
        PersonalData(own=(Own(("pay_rise", "differentials", "threshold", "minute"), say_later("the AST"), KEPT),))
        .shows(
            33,
            "Your pay ranges",
            "lowest point: lowest; highest point: highest; from: starts_on; state: get_status_display; "
            "the pay rise: pay_rise; differences to other teachers’ pay: differentials; threshold payments: threshold; "
            "talked over with you on: talked_on; decided on: decided_on; minute",
            accounts=("post__user",),
        )
        .shows(33, "Pay ranges that you proposed", "from: starts_on", accounts=("proposed_by",))
    )

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="pay_range_of_five",
                condition=Q(lowest__gte=1, highest__lte=SPINE_POINTS, highest=F("lowest") + RANGE_LENGTH - 1),
            ),
            models.CheckConstraint(
                name="pay_range_approved_whole",
                condition=~Q(status=RangeStatus.APPROVED)
                | Q(decided_on__isnull=False, talked_on__isnull=False)
                & ~Q(minute="")
                & ~Q(pay_rise="")
                & ~Q(differentials=""),
            ),
            models.UniqueConstraint(
                fields=["post"], name="pay_range_one_proposed", condition=Q(status=RangeStatus.PROPOSED)
            ),
            models.UniqueConstraint(
                fields=["post", "starts_on"], name="pay_range_once_a_day", condition=Q(status=RangeStatus.APPROVED)
            ),
        ]

    def __str__(self) -> str:
        return f"Points {self.lowest} to {self.highest} from {self.starts_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("staff:pay", args=[self.post_id])

    @property
    def points(self) -> rules.Points:
        return rules.Points(self.lowest, self.highest, self.starts_on)


class PayPoint(models.Model):
    """The point that the school pays from a day on (R-2.10). A person decides each: nothing moves it by itself."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="pay_points")
    point = models.PositiveSmallIntegerField()
    starts_on = models.DateField("from")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PointQuerySet.as_manager()

    personal_data = (
        PersonalData()
        .shows(33, "Your pay points", "point; from: starts_on", accounts=("post__user",))
        .shows(33, "Pay points that you recorded", "from: starts_on", accounts=("recorded_by",))
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(name="pay_point_of_the_spine", condition=Q(point__gte=1, point__lte=SPINE_POINTS)),
            models.UniqueConstraint(fields=["post", "starts_on"], name="pay_point_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"Point {self.point} from {self.starts_on:%-d %B %Y}"


class AllowanceAnswer(models.Model):
    """What the teacher holds of what an AST cannot hold, as it is from a day on (R-2.8)."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="allowances")
    on = models.DateField("from")
    held = ChoiceSetField("allowances held", options=Allowance.choices, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AllowanceQuerySet.as_manager()

    personal_data = (
        PersonalData()
        .shows(
            33,
            "Allowances that you hold or gave up",
            "from: on; held",
            accounts=("post__user",),
            made={"held": lambda answer, _: answer.words},
        )
        .shows(33, "Answers on allowances that you recorded", "from: on", accounts=("recorded_by",))
    )

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["post", "on"], name="allowances_once_a_day")]

    def __str__(self) -> str:
        return f"{self.words} from {self.on:%-d %B %Y}"

    @property
    def words(self) -> str:
        """Such as “Management allowance”."""
        return ", ".join(AllowanceAnswer._meta.get_field("held").labels(self)) or "No allowance"  # type: ignore[union-attr]


class PostContract(models.Model):
    """How long the school employs the AST as one, and whether that hangs on extra money (R-2.4)."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="contract")
    kind = models.CharField(max_length=10, choices=ContractKind)
    ends_on = models.DateField("last day of the term", null=True, blank=True)
    depends_on_funding = models.BooleanField("depends on extra funding", default=False)
    ending_decided_on = models.DateField("decided that it ends then, on", null=True, blank=True)

    objects = ContractQuerySet.as_manager()

    personal_data = PersonalData().shows(
        33,
        say_later("The contract of your AST post"),
        "kind: get_kind_display; last day of the term: ends_on; depends on extra funding: depends_on_funding; "
        "decided that it ends then, on: ending_decided_on",
        accounts=("post__user",),
    )

    class Meta:
        verbose_name = "contract of a post"
        verbose_name_plural = "contracts of posts"
        constraints = [
            models.CheckConstraint(
                name="post_contract_term_has_end",
                condition=Q(kind=ContractKind.FIXED, ends_on__isnull=False)
                | Q(kind=ContractKind.PERMANENT, ends_on__isnull=True, ending_decided_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        until = f" until {self.ends_on:%-d %B %Y}" if self.ends_on else ""
        return f"{self.get_kind_display()}{until}"

    def is_due(self, on: date) -> bool:
        """Somebody must decide now; `ContractQuerySet.due` asks the database the same of posts that go on."""
        return self.ends_on is not None and self.ending_decided_on is None and self.ends_on <= on + rules.DUE_BEFORE


class PostIncome(models.Model):
    """What one source gives for a post in a school year, as it was typed (R-2.23)."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="income")
    first_year = models.PositiveSmallIntegerField("school year")
    source = models.CharField(max_length=15, choices=Funding)
    amount = pounds_field(verbose_name="amount in pounds")

    objects = IncomeQuerySet.as_manager()

    personal_data = PersonalData().shows(
        33,
        say_later("Income of your AST post"),
        "school year: year; from: get_source_display; pounds: amount",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["-first_year", "source"]
        verbose_name_plural = "income of posts"
        constraints = [
            models.UniqueConstraint(fields=["post", "first_year", "source"], name="post_income_once"),
            models.CheckConstraint(name="post_income_positive", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.year}"

    @property
    def year(self) -> str:
        """Such as “2026-27”."""
        return slug_of(self.first_year)


class SpineFigure(models.Model):
    """A year's salary at one point from a day on, until a later figure takes its place (R-2.18, R-2.23)."""

    point = models.PositiveSmallIntegerField(choices=POINTS)
    amount = pounds_field(verbose_name="salary, a year")
    starts_on = models.DateField("from")

    personal_data = PersonalData()

    class Meta:
        ordering = ["point", "-starts_on"]
        constraints = [
            models.UniqueConstraint(name="spine_figure_once_a_day", fields=["point", "starts_on"]),
            models.CheckConstraint(name="spine_figure_point_known", condition=Q(point__lte=27)),
        ]

    def __str__(self) -> str:
        return f"{self.get_point_display()} from {date_words(self.starts_on)}"

    def get_absolute_url(self) -> str:
        return reverse("staff:spine_figure", args=[self.pk])
