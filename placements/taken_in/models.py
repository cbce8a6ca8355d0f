"""The signed paper of a placement that was agreed before this system (R-17.4)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import Own, PersonalData
from placements.papers.rules import LARGEST
from placements.placement.models import Placement

KEPT = "Signed papers of placements agreed before this system"
"""Their line in the schedule of how long things are kept."""


class SignedPaperManager(models.Manager["SignedPaper"]):
    def get_queryset(self) -> models.QuerySet["SignedPaper"]:
        """Without the bytes."""
        return super().get_queryset().defer("data")

    def held(self) -> models.QuerySet["SignedPaper"]:
        """Those whose bytes are still here."""
        return self.filter(removed_at=None)


class SignedPaper(models.Model):
    """One file for one placement. What is taken away leaves its fingerprint and dates, without bytes and name."""

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="signed_paper")
    name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(null=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SignedPaperManager()

    personal_data = PersonalData(
        case="placement__request",
        may_name=("name",),
        own=(Own(("data",), "who signed it, and whom it may name", KEPT),),
        not_personal={"code or fingerprint": ("content_type", "sha256")},
    ).shows(
        48,
        "Signed papers that you attached",
        "placement: placement.reference; name; attached: uploaded_at; removed: removed_at",
        accounts=("uploaded_by",),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="signed_paper_has_bytes_until_removed",
                condition=Q(removed_at__isnull=True, data__isnull=False) & ~Q(name="")
                | Q(removed_at__isnull=False, data__isnull=True, name=""),
            ),
            models.CheckConstraint(name="signed_paper_size", condition=Q(size__gte=1, size__lte=LARGEST)),
        ]

    def __str__(self) -> str:
        return self.name or f"Signed paper of {self.placement.reference}, removed"

    def content(self) -> Any:
        """The bytes, fetched when they are asked for."""
        return bytes(self.data or b"")
