"""The signed paper of a placement that was agreed before this system (R-17.4)."""

from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from placements.papers.models import HeldFile
from placements.papers.rules import LARGEST
from placements.placement.models import Placement

KEPT = say_later("Signed papers of placements agreed before this system")
"""Their line in the schedule of how long things are kept."""


class SignedPaper(HeldFile):
    """One file for one placement."""

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="signed_paper")
    uploaded_at = models.DateTimeField()

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
