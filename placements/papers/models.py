"""The six papers that a school shows the AST, and their files (P10, R-9.1)."""

from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from placements.papers.lifecycle import PaperKind, PaperState
from placements.papers.rules import LARGEST
from placements.placement.models import Placement

M = TypeVar("M", bound=models.Model)


class SharedDocumentQuerySet(models.QuerySet["SharedDocument"]):
    def not_asked_for(self) -> "SharedDocumentQuerySet":
        """Nobody is to provide it, or not by any day; agrees with `SharedDocument.is_asked_for` (R-8.10)."""
        return self.exclude(state=PaperState.NOT_APPLICABLE).filter(Q(owner="") | Q(due=None))


class SharedDocument(models.Model):
    """One of the papers that the AST needs to see before the first day (P10, R-9.1)."""

    Kind = PaperKind
    State = PaperState

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20, choices=Kind)
    owner = models.CharField("who provides it", max_length=150, blank=True)
    due = models.DateField("by when", null=True, blank=True)
    state = models.CharField(max_length=15, choices=State, default=State.OUTSTANDING)

    personal_data = PersonalData(case="placement__request", may_name=("owner",))

    objects = SharedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "kind"], name="paper_kind_once"),
            models.CheckConstraint(
                name="only_action_plans_may_not_apply",
                condition=~Q(state="not_applicable") | Q(kind="action_plans"),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def applies(self) -> bool:
        """Only action plans may not."""
        return self.state != PaperState.NOT_APPLICABLE

    @property
    def is_asked_for(self) -> bool:
        """Somebody is to provide it by a day (R-8.10)."""
        return not self.applies or bool(self.owner and self.due)

    @property
    def is_done(self) -> bool:
        """The AST has it, has seen it, or needs none."""
        return self.state != PaperState.OUTSTANDING


class HeldFileManager(models.Manager[M]):
    def get_queryset(self) -> models.QuerySet[M]:
        """Without the bytes: a list of six papers is not to carry sixty megabytes."""
        return super().get_queryset().defer("data")

    def held(self) -> models.QuerySet[M]:
        """Those whose bytes are still here."""
        return self.filter(removed_at=None)


class HeldFile(models.Model):
    """A file with its bytes. What is taken away leaves its fingerprint and dates, without bytes and name."""

    name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(null=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[HeldFileManager[Self]] = HeldFileManager()

    class Meta:
        abstract = True

    def content(self) -> Any:
        """The bytes, fetched when they are asked for."""
        return bytes(self.data or b"")


class PaperFile(HeldFile):
    """One file of a paper.

    `only` marks a kind of which there is one file at a time. `consent_at`: since when the teacher whose planning it
    is has agreed, for teachers' records; until then nobody but the school and the office sees that it is there (R-9.4).
    """

    paper = models.ForeignKey(SharedDocument, models.CASCADE, related_name="files")
    only = models.BooleanField(default=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    consent_at = models.DateTimeField(null=True, blank=True)

    personal_data = PersonalData(
        case="paper__placement__request",
        may_name=("name",),
        own=(Own(("data",), "staff of the host school", say_later("A school’s own papers shown to the AST")),),
        not_personal={"code or fingerprint": ("content_type", "sha256")},
    ).shows(
        45,
        "Papers that you uploaded",
        "placement: paper.placement.reference; paper: paper.get_kind_display; name; uploaded: uploaded_at; "
        "removed: removed_at",
        accounts=("uploaded_by",),
    )

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
