"""Guidance that the co-ordinator keeps up to date for ASTs, headteachers and candidates, in versions (R-3.19)."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from astcoord.core.fields import ChoiceSetField
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from staff.guidance.lifecycle import Audience, Topic
from staff.guidance.querysets import GuidanceQuerySet

OWN = say_later("the authority’s own")


class GuidancePage(models.Model):
    """One page as it is now; `version` counts how often its text was written."""

    topic = models.CharField("about", max_length=10, choices=Topic)
    title = models.CharField(max_length=120)
    audiences = ChoiceSetField("for whom", options=Audience.choices)
    text = models.TextField(max_length=20000)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    edited_on = models.DateField("last changed on", editable=False)
    retired_on = models.DateField(null=True, blank=True, editable=False)

    objects = GuidanceQuerySet.as_manager()

    personal_data = PersonalData(not_personal={OWN: ("title", "text")})

    class Meta:
        ordering = ["topic", "title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("staff:guidance_page", args=[self.pk])

    @property
    def whom(self) -> list[str]:
        """In words, for whom it is."""
        field: ChoiceSetField = self._meta.get_field("audiences")  # type: ignore[assignment]
        return field.labels(self)


class GuidanceVersion(models.Model):
    """A text that the page had before, since when, and who replaced it."""

    page = models.ForeignKey(GuidancePage, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    on = models.DateField("written on")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="replaced by")

    personal_data = PersonalData(not_personal={OWN: ("text",)})

    class Meta:
        ordering = ["page", "-number"]
        constraints = [models.UniqueConstraint("page", "number", name="guidance_version_once")]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("staff:guidance_version", args=[self.pk])
