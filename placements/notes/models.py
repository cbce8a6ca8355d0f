"""What the office notes for itself: about a request, a school, or nothing else, perhaps for a day (R-20.2, R-20.3)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.personal_data import PersonalData
from placements.notes.querysets import CaseNoteQuerySet
from placements.requests.models import OutreachRequest
from schools.register.models import School


class CaseNote(models.Model):
    """One note of the office. With a day it stands on its reader's first page when that comes, until it is done."""

    request = models.ForeignKey(OutreachRequest, models.CASCADE, null=True, blank=True, related_name="notes")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="case_notes")
    text = models.TextField("what to know, or to do", max_length=1000)
    due_on = models.DateField("show it on", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="on whose first page"
    )
    done_on = models.DateField(null=True, blank=True, editable=False)

    objects = CaseNoteQuerySet.as_manager()

    personal_data = PersonalData(case="request", may_name=("text",)).shows(
        44,
        "Notes that are kept for you",
        "about; note: text; for: due_on; done: done_on",
        accounts=("owner",),
        made={"about": lambda row, _: row.about},
    )

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "-pk"]
        verbose_name = "note"
        constraints = [
            models.CheckConstraint(name="note_about_one_thing", condition=Q(request=None) | Q(school=None)),
        ]

    def __str__(self) -> str:
        return f"Note {self.about}" if self.about else "Own note"

    def get_absolute_url(self) -> str:
        return reverse("placements:note", args=[self.pk])

    @property
    def about(self) -> str:
        """Such as “on R00012, Fernleigh Primary School”; empty for a note about nothing else."""
        if self.request:
            return f"on {self.request}"
        return f"on {self.school}" if self.school else ""
