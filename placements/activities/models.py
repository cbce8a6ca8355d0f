"""AST work that belongs to no placement: for the authority, clusters, training, development, and inreach."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.fields import days_field
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from placements.activities.lifecycle import INREACH, ActivityKind, Basis, InreachStatus, TimeSource
from placements.activities.querysets import ActivityQuerySet, InreachQuerySet
from staff.posts.models import Post

KEPT = say_later("An AST’s post, assessment, profile and time")


class InreachAgreement(models.Model):
    """What an AST does at the own school for a while, and whose time it is: no host signs it (R-4.8, R-8.18)."""

    machine: ClassVar[Machine] = INREACH

    post = models.ForeignKey(Post, models.PROTECT, related_name="inreach", verbose_name=say_later("AST"))
    aims = models.TextField(max_length=1000)
    time_source = models.CharField("whose time", max_length=12, choices=TimeSource)
    plan_link = models.CharField("part of the plan for leaving the category", max_length=250, blank=True)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    status = models.CharField(max_length=10, choices=InreachStatus, default=InreachStatus.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    answer_reason = models.CharField("why it was refused or ended", max_length=250, blank=True)

    objects = InreachQuerySet.as_manager()

    personal_data = PersonalData(own=(Own(("aims", "plan_link", "answer_reason"), say_later("the AST"), KEPT),)).shows(
        55,
        "Your inreach agreements",
        "aims; time: get_time_source_display; plan: plan_link; from: starts_on; until: ends_on; "
        "status: get_status_display; answer: answer_reason",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="inreach_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="inreach_agreed_by_somebody", condition=~Q(status="agreed") | Q(agreed_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Inreach of {self.post.name}"

    def get_absolute_url(self) -> str:
        return reverse("placements:inreach", args=[self.pk])


class Activity(models.Model):
    """One day, or part of one. `counts` says that it leaves the year's days fewer; the ledger has the entry."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="activities", verbose_name=say_later("AST"))
    kind = models.CharField(max_length=12, choices=ActivityKind)
    on = models.DateField("date")
    days = days_field()
    what = models.CharField(max_length=200)
    where = models.CharField(max_length=120, blank=True)
    category = models.CharField("use of the year", max_length=60, blank=True)
    counts = models.BooleanField(default=False)
    time_source = models.CharField("whose time", max_length=12, choices=TimeSource, blank=True)
    exceptional_reason = models.CharField(max_length=250, blank=True)
    basis = models.CharField(max_length=12, choices=Basis, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=250, blank=True)

    objects = ActivityQuerySet.as_manager()

    personal_data = PersonalData(
        own=(Own(("what", "where", "exceptional_reason", "cancelled_reason"), say_later("the AST"), KEPT),),
        not_personal={say_later("how the authority divides a year"): ("category",)},
    ).shows(
        56,
        say_later("Your work outside placements"),
        "kind: get_kind_display; on; days; what; where; use: category; why: exceptional_reason; "
        "called off because: cancelled_reason",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(name="activity_is_part_of_a_day", condition=Q(days__gt=0, days__lte=1)),
            models.CheckConstraint(
                name="inreach_says_whose_time",
                condition=Q(kind="inreach") & ~Q(time_source="") & ~Q(basis="")
                | ~Q(kind="inreach") & Q(time_source="", basis="", exceptional_reason=""),
            ),
            models.CheckConstraint(
                name="activity_cancelled_why", condition=Q(cancelled_on=None) | ~Q(cancelled_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on:%-d %B %Y}"

    @property
    def is_inreach(self) -> bool:
        return self.kind == ActivityKind.INREACH
