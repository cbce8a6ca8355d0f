"""The co-ordinator’s own visits to ASTs and schools (R-3.22). QA visits are another room’s."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from schools.register.models import School
from staff.office_visits.lifecycle import VisitKind
from staff.posts.models import Post

KEPT = say_later("An AST’s post, assessment, profile and time")


class OfficeVisit(models.Model):
    """One visit: to a school, and there perhaps to an AST."""

    kind = models.CharField("what for", max_length=10, choices=VisitKind)
    school = models.ForeignKey(School, models.PROTECT, related_name="office_visits")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="office_visits", verbose_name=say_later("AST")
    )
    on = models.DateField("day")
    outcome = models.TextField(max_length=1000)
    visitor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    personal_data = PersonalData(own=(Own(("outcome",), say_later("the AST"), KEPT),)).shows(
        100,
        say_later("Visits of the co-ordinator to you"),
        "day: on; what for: get_kind_display; school: school.name; visitor: visitor.name; outcome",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = say_later("visit of the co-ordinator")

    def __str__(self) -> str:
        return f"{self.school.name}, {date_words(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("staff:office_visit", args=[self.pk])
