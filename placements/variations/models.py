"""Another share of an AST's time for a while, agreed by the home headteacher and the co-ordinator (R-4.7)."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import number
from astcoord.core.words import say_later
from placements.variations.lifecycle import VARIATION, VariationStatus
from placements.variations.querysets import VariationQuerySet
from staff.posts.models import Post


class TimeVariation(models.Model):
    """Asked for by the AST or the home headteacher. `share` is the part of the week for AST work: 0.10 is 10%."""

    machine: ClassVar[Machine] = VARIATION

    post = models.ForeignKey(Post, models.PROTECT, related_name="variations", verbose_name=say_later("AST"))
    share = models.DecimalField(max_digits=3, decimal_places=2)
    reason = models.CharField(max_length=500)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    status = models.CharField(max_length=12, choices=VariationStatus, default=VariationStatus.REQUESTED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    home_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    home_on = models.DateField("home headteacher agreed on", null=True, blank=True)
    office_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    office_on = models.DateField(say_later("co-ordinator agreed on"), null=True, blank=True)
    answer_reason = models.CharField("why it was refused or withdrawn", max_length=250, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = VariationQuerySet.as_manager()

    personal_data = PersonalData(
        own=(
            Own(
                ("reason", "answer_reason"),
                say_later("the AST"),
                say_later("An AST’s post, assessment, profile and time"),
            ),
        )
    ).shows(
        54,
        "Changes of the share of your time",
        "share: percent; why: reason; from: starts_on; until: ends_on; status: get_status_display; "
        "answer: answer_reason",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="variation_share_in_range", condition=Q(share__gte=0, share__lte=1)),
            models.CheckConstraint(name="variation_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="variation_in_force_needs_both",
                condition=~Q(status__in=["in_force", "expired"])
                | Q(home_by__isnull=False, home_on__isnull=False, office_by__isnull=False, office_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post.name}: {self.percent}"

    def get_absolute_url(self) -> str:
        return reverse("placements:variation", args=[self.pk])

    @property
    def percent(self) -> str:
        """ "10%"."""
        return f"{number(Decimal(self.share) * 100)}%"
