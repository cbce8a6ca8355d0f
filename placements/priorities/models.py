"""What the authority wants most: its own list, to which requests and placements are linked (R-14.1)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from placements.priorities.querysets import PriorityQuerySet
from schools.calendar.years import slug_of


class Priority(models.Model):
    """One line of the list. What has been linked to is retired, never deleted, so that past days keep their name.

    `first_year` and `last_year` are the calendar years in which the school years begin: 2026 for 2026-27.
    """

    class Kind(models.TextChoices):
        EDP = "edp", "Education development plan"
        ACTION_PLAN = "inspection", "Inspection action plan"
        THEME = "theme", "Wider theme"

    kind = models.CharField("where it comes from", max_length=15, choices=Kind)
    name = models.CharField("priority", max_length=200)
    reference = models.CharField(max_length=20, blank=True)
    first_year = models.PositiveSmallIntegerField("first school year")
    last_year = models.PositiveSmallIntegerField("last school year", null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    objects = PriorityQuerySet.as_manager()

    personal_data = PersonalData(not_personal={say_later("the authority’s plan"): ("name", "reference")})

    class Meta:
        ordering = ["kind", "reference", "name", "pk"]
        verbose_name_plural = "priorities"
        constraints = [
            models.CheckConstraint(
                name="priority_years_in_order",
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
            ),
            models.UniqueConstraint(
                Lower("name"), "kind", "first_year", name="priority_once", condition=Q(retired_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("placements:priority", args=[self.pk])

    @property
    def years(self) -> str:
        """“2026-27 to 2028-29”, “2026-27”, “from 2026-27”."""
        first = slug_of(self.first_year)
        if self.last_year is None:
            return f"from {first}"
        return first if self.last_year == self.first_year else f"{first} to {slug_of(self.last_year)}"
