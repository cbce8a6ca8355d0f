"""The library: what ASTs have made, for every school (R-10.10)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.fields import ChoiceSetField
from astcoord.core.personal_data import PersonalData
from evaluation.evidence.models import FileOrLink
from evaluation.materials.querysets import MaterialQuerySet
from placements.papers.rules import LARGEST
from staff.expertise.vocabulary import KeyStage, Subject

KEPT = "Materials in the shared library"


class MaterialManager(models.Manager.from_queryset(MaterialQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        """Without the bytes."""
        return super().get_queryset().defer("data")


class Material(FileOrLink):
    """A file or a link that an AST has published."""

    title = models.CharField("what it is", max_length=120)
    subject = models.CharField(max_length=20, choices=Subject)
    key_stages = ChoiceSetField("key stages", options=KeyStage.choices)
    purpose = models.TextField("what it is for", max_length=1000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    published_at = models.DateTimeField("published", auto_now_add=True)
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)

    objects = MaterialManager()

    personal_data = PersonalData(
        not_personal={
            "published to every school without names, as its author has ticked": (
                *("title", "purpose", "link", "name", "data"),
            ),
            "code or fingerprint": ("content_type", "sha256"),
        }
    ).shows(
        74,
        "Materials that you published",
        "what: title; subject: get_subject_display; for: purpose; file: name; link; published: published_at; "
        "withdrawn: withdrawn_on",
        accounts=("author",),
    )

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(name="material_once_per_author", fields=["author", "sha256"]),
            models.CheckConstraint(
                name="material_is_a_file_or_a_link",
                condition=Q(data__isnull=False, link="") & ~Q(name="") | Q(data__isnull=True, name="") & ~Q(link=""),
            ),
            models.CheckConstraint(
                name="material_says_what_it_is",
                condition=~Q(title="") & ~Q(purpose="") & ~Q(key_stages="") & ~Q(sha256=""),
            ),
            models.CheckConstraint(name="material_size", condition=Q(size__lte=LARGEST)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evaluation:material", args=[self.pk])
