from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from astcoord.core.fixed import Fixed
from astcoord.core.models.about import About, AboutQuerySet
from astcoord.core.personal_data import ABOUT, PersonalData, about_work
from astcoord.core.words import say_later


class DocumentManager(models.Manager.from_queryset(AboutQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> AboutQuerySet["Document"]:
        """Without the bytes: a list of a hundred letters is not to carry ten megabytes."""
        queryset: AboutQuerySet[Document] = super().get_queryset().defer("pdf")
        return queryset


class Document(About):
    """A printed document: the frozen facts it states, and, once rendered, its bytes and their SHA-256.

    The facts never change; the bytes are made from them once, by `astcoord.core.documents`. Where nobody signs what it
    says, names can be taken out of the facts (retention); its bytes are then thrown away, and printed again.
    `stands` marks what people sign: that never changes at all. The database sees to it (`core.append_only`), and on
    PostgreSQL takes no bytes that have another SHA-256.
    """

    fixed = Fixed(
        free=("title", "facts", "pdf", "sha256"),
        provided="(OLD.pdf IS NULL AND NEW.title = OLD.title AND NEW.facts = OLD.facts) "
        "OR (NOT OLD.stands AND NEW.pdf IS NULL)",
        on_postgresql="NEW.pdf IS NULL OR NEW.sha256 = encode(sha256(NEW.pdf), 'hex')",
    )

    kind = models.SlugField(max_length=60)
    title = models.CharField(max_length=250)
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    pdf = models.BinaryField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True)
    stands = models.BooleanField("people sign it, so that its words stand for ever", default=False)

    objects = DocumentManager()

    personal_data = (
        PersonalData(
            case=ABOUT, may_name=("title", "facts", "pdf"), not_personal={"code or fingerprint": ("kind", "sha256")}
        )
        .shows(
            14,
            "Documents that you had made",
            "title; made: created_at",
            accounts=("by",),
            only=lambda rows: rows.order_by("pk"),
        )
        .shows(
            81,
            say_later("Papers about your work as an AST"),
            "title; made: created_at; what it states: facts",
            found=about_work,
            only=lambda rows: rows.order_by("pk"),
        )
    )

    class Meta(About.Meta):
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="document_bytes_and_hash_together",
                condition=models.Q(pdf__isnull=True, sha256="") | (models.Q(pdf__isnull=False) & ~models.Q(sha256="")),
            )
        ]

    def __str__(self) -> str:
        return self.title
