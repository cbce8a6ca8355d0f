"""A secondment that has begun: its post, its days, the preparation for the assessment, its end (R-2.17, R-2.18)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from staff.posts.models import Post
from staff.secondments.lifecycle import Ending, PreparationKind
from staff.secondments.models.proposals import KEPT, Proposal
from staff.secondments.rules import clock


class Secondment(models.Model):
    """What came of an approved proposal. `ends_on` is the last day as it is planned, or as it was."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="secondment")
    post = models.OneToOneField(Post, models.PROTECT, related_name="secondment", verbose_name=say_later("AST"))
    starts_on = models.DateField("seconded from")
    ends_on = models.DateField("seconded until")
    guide = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="adviser who guides the preparation",
    )
    prompted_of = models.DateField("last day for which an ending was asked", null=True, blank=True)
    wish = models.CharField("what the school wishes", max_length=10, choices=Ending, blank=True)
    wish_reason = models.CharField("why the school wishes it", max_length=500, blank=True)
    wished_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    wished_on = models.DateField(null=True, blank=True)
    extended_because = models.CharField("exceptional reason for the extension", max_length=500, blank=True)

    personal_data = PersonalData(own=(Own(("wish_reason", "extended_because"), say_later("the AST"), KEPT),)).shows(
        122,
        "Your secondment",
        "from: starts_on; until: ends_on; guided by: guide.name; your school wishes: get_wish_display; "
        "because: wish_reason; extended because: extended_because",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="secondment_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="secondment_wish_whole",
                condition=Q(wish="", wished_by__isnull=True, wished_on__isnull=True)
                | ~Q(wish="") & Q(wished_by__isnull=False, wished_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Secondment of {self.post.name}"

    @property
    def asked_on(self) -> date:
        """From when an ending is asked for (R-2.17)."""
        return clock.asked_on(self.ends_on)


class PreparationStep(models.Model):
    """What was planned or done to prepare for the assessment, which the grant pays for (R-2.18)."""

    secondment = models.ForeignKey(Secondment, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=PreparationKind)
    on = models.DateField("day")
    what = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData(own=(Own(("what",), say_later("the AST"), KEPT),)).shows(
        123,
        "Preparation for your assessment",
        "day: on; kind: get_kind_display; what",
        accounts=("secondment__post__user", "by"),
    )

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"
