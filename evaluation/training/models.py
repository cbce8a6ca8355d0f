"""What an employing school says each school year of its training plan and its ASTs' needs (R-1.8)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from evaluation.training.querysets import StatementQuerySet
from schools.calendar.models import AcademicYear
from schools.register.models import School
from staff.posts.models import Post

LINE = say_later("Statements of schools on training for their ASTs")
"""Of the retention schedule."""


def of_own_schools(subject: Any) -> Q:
    """Statements of the schools that employ or employed this AST."""
    if subject.user is None:
        return Q(pk__in=[])
    return Q(school_id__in=Post.objects.filter(user=subject.user).order_by().values("home"))


class TrainingStatement(models.Model):
    """One school's statement for one school year."""

    school = models.ForeignKey(School, models.PROTECT, related_name="training_statements")
    year = models.ForeignKey(
        AcademicYear, models.PROTECT, related_name="training_statements", verbose_name="school year"
    )
    statement = models.TextField(
        say_later("how the training plan meets the needs of the school’s ASTs"), max_length=2000
    )

    objects = StatementQuerySet.as_manager()

    personal_data = PersonalData(own=(Own(("statement",), say_later("the ASTs of the school"), LINE),)).shows(
        101,
        say_later("What your school says of training for its ASTs"),
        "school: school.name; school year: year; statement",
        found=of_own_schools,
    )

    class Meta:
        ordering = ["-year__starts_on", "school__name_key"]
        constraints = [models.UniqueConstraint(fields=["school", "year"], name="training_statement_once_a_year")]

    def __str__(self) -> str:
        return f"{self.school.name}, {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:training_statement", args=[self.pk])
