"""What an AST's own school gains from outreach (R-10.11)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.personal_data import PersonalData
from evaluation.ideas.querysets import IdeaQuerySet
from evaluation.ideas.rules import LONGEST
from placements.days.models import OutreachDay
from placements.placement.models import Placement


class Idea(models.Model):
    """One idea; `day` is the outreach day in whose diary it was told, if it was."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="ideas", verbose_name="where it comes from")
    day = models.OneToOneField(OutreachDay, models.PROTECT, null=True, blank=True, related_name="idea", editable=False)
    text = models.TextField("idea", max_length=LONGEST)
    noted_on = models.DateField("date", default=today, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = IdeaQuerySet.as_manager()

    personal_data = PersonalData(case="placement__request", may_name=("text",)).shows(
        75,
        "Ideas that you brought back",
        "placement: placement.reference; on: noted_on; idea: text",
        accounts=("author",),
    )

    class Meta:
        ordering = ["-noted_on", "-pk"]
        constraints = [models.CheckConstraint(name="idea_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79].rstrip()}…"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:idea", args=[self.pk])
