"""Scopes over statements on training, and the schools that owe one (R-1.8)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q, QuerySet

from astcoord.core.roles import OFFICE, Role
from schools.calendar.models import AcademicYear
from schools.register.models import School
from staff.accounts.models import User
from staff.posts.models import Post

if TYPE_CHECKING:
    from evaluation.training.models import TrainingStatement  # noqa: F401  (named in the string of the class line)


class StatementQuerySet(models.QuerySet["TrainingStatement"]):
    def visible_to(self, user: User) -> "StatementQuerySet":
        """The office all; headteachers and ASTs those of the own school. Officers read which schools have none."""
        if user.has_role(*OFFICE):
            return self
        own = Q(school_id__in=user.schools_as(Role.HEADTEACHER))
        if user.has_role(Role.AST):
            own |= Q(school_id__in=Post.objects.filter(user=user).order_by().values("home"))
        return self.filter(own)


def employing(year: AcademicYear, today: date) -> QuerySet[School]:
    """Schools with an AST in post today, or on the last day of a year that is over, each with how many as `asts`."""
    posts = Post.objects.in_post(min(today, year.ends_on)).order_by().values("pk")
    found = School.objects.filter(posts__in=posts).annotate(asts=Count("posts", distinct=True))
    return found.order_by("name_key", "pk")
