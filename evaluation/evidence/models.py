"""Files and links that show what came of a day or of an objective (R-10.5)."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import Own, PersonalData
from evaluation.evidence.querysets import EvidenceQuerySet
from evaluation.evidence.rules import LONGEST_LINK
from placements.days.models import OutreachDay
from placements.papers.rules import LARGEST, NAME_LENGTH, content_type_of
from placements.placement.models import Objective, Placement

KEPT = "Evidence files and links"


class FileOrLink(models.Model):
    """A file with its bytes, or a link. What has been taken away has neither, nor its name."""

    link = models.CharField(max_length=LONGEST_LINK, blank=True)
    name = models.CharField("file", max_length=NAME_LENGTH, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    data = models.BinaryField(null=True, editable=False)

    class Meta:
        abstract = True

    def put(self, *, name: str, data: bytes, link: str) -> None:
        """Take up what has been checked; another file or link takes the place of the one before."""
        self.link, self.name, self.data = link, name, data or None
        self.content_type = content_type_of(name) if name else ""
        self.size = len(data)
        self.sha256 = hashlib.sha256(data or link.encode()).hexdigest()

    def content(self) -> Any:
        """The bytes, fetched when they are asked for."""
        return bytes(self.data or b"")


class EvidenceManager(models.Manager.from_queryset(EvidenceQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        """Without the bytes: a list is not to carry them."""
        return super().get_queryset().defer("data")


class Evidence(FileOrLink):
    """One piece. `day` is the outreach day whose diary entry it belongs to, if any; `objectives` what it shows."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="evidence_items")
    day = models.ForeignKey(OutreachDay, models.PROTECT, null=True, blank=True, related_name="evidence_items")
    objectives = models.ManyToManyField(Objective, blank=True, related_name="evidence_items")
    title = models.CharField("what it is", max_length=120, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceManager()

    personal_data = (
        PersonalData(
            case="placement__request",
            may_name=("title", "name"),
            own=(Own(("data",), "staff of the host school", KEPT),),
            not_personal={
                "code or fingerprint": ("content_type", "sha256"),
                "an address of the web, deleted before the names of supported staff are": ("link",),
            },
        )
        .tells_of_work("placement__post__user")
        .shows(
            72,
            "Evidence that you attached",
            "placement: placement.reference; what: title; file: name; link; attached: added_at; removed: removed_at",
            accounts=("added_by",),
        )
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                name="evidence_once_per_day", fields=["day", "sha256"], condition=Q(removed_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="evidence_once_per_placement",
                fields=["placement", "sha256"],
                condition=Q(removed_at__isnull=True, day__isnull=True),
            ),
            models.CheckConstraint(
                name="evidence_is_a_file_or_a_link_until_removed",
                condition=Q(removed_at__isnull=True, data__isnull=False, link="") & ~Q(name="") & ~Q(title="")
                | Q(removed_at__isnull=True, data__isnull=True, name="") & ~Q(link="") & ~Q(title="")
                | Q(removed_at__isnull=False, data__isnull=True, name="", link="", title=""),
            ),
            models.CheckConstraint(name="evidence_size", condition=Q(size__lte=LARGEST)),
        ]

    def __str__(self) -> str:
        return self.title or "Evidence, removed"
