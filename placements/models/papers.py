"""Files of the six papers that a school shows the AST (P10, R-9.1)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from placements.models.protocol import SharedDocument
from placements.rules.papers import LARGEST


class PaperFileManager(models.Manager["PaperFile"]):
    def get_queryset(self) -> models.QuerySet["PaperFile"]:
        """Without the bytes: a list of six papers is not to carry sixty megabytes."""
        return super().get_queryset().defer("data")

    def held(self) -> models.QuerySet["PaperFile"]:
        """Those whose bytes are still here."""
        return self.filter(removed_at=None)


class PaperFile(models.Model):
    """One file. What is taken away leaves its fingerprint and dates, without bytes and without its name.

    `only` marks a kind of which there is one file at a time. `consent_at`: since when the teacher whose planning it
    is has agreed, for teachers' records; until then nobody but the school and the office sees that it is there (R-9.4).
    """

    paper = models.ForeignKey(SharedDocument, models.CASCADE, related_name="files")
    only = models.BooleanField(default=True)
    name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(null=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PaperFileManager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_file_of_a_paper", fields=["paper"], condition=Q(only=True, removed_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="paper_file_once", fields=["paper", "sha256"], condition=Q(removed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="paper_file_has_bytes_until_removed",
                condition=Q(removed_at__isnull=True, data__isnull=False) & ~Q(name="")
                | Q(removed_at__isnull=False, data__isnull=True, name=""),
            ),
            models.CheckConstraint(name="paper_file_size", condition=Q(size__gte=1, size__lte=LARGEST)),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.paper}, removed"

    @property
    def waits_for_consent(self) -> bool:
        """A teacher's own planning, and the teacher has not agreed (R-9.4)."""
        return self.paper.kind == SharedDocument.Kind.TEACHER_RECORDS and self.consent_at is None

    def content(self) -> Any:
        """The bytes, fetched when they are asked for."""
        return bytes(self.data or b"")
