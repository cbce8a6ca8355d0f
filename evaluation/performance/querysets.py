"""Scopes over outreach judgements (section G*, row “PM cycle and input”)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import Role
from evaluation.performance.lifecycle import STANDS, JudgementStatus
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet

if TYPE_CHECKING:
    from evaluation.performance.models import OutreachJudgement  # noqa: F401  (named in the string of the class line)


class JudgementQuerySet(models.QuerySet["OutreachJudgement"]):
    def visible_to(self, user: User) -> "JudgementQuerySet":
        """The co-ordinator all; the head to whom it was issued, and the AST; a consultant drafts of the group.

        Host headteachers, governors, administrators and officers see none.
        """
        if user.has_role(Role.COORDINATOR):
            return self
        own = Q(home_id__in=user.schools_as(Role.HEADTEACHER))
        if user.has_role(Role.AST):
            own |= Q(post__user=user, issued_on__isnull=False)
        group = Post.objects.of_group(user).exclude(user=user)
        own |= Q(status=JudgementStatus.DRAFT, post__in=group.order_by().values("pk"))
        return self.filter(own)

    def drafts(self) -> "JudgementQuerySet":
        return self.filter(status=JudgementStatus.DRAFT)

    def stand(self) -> "JudgementQuerySet":
        """What schools hold."""
        return self.filter(status__in=STANDS)

    def waiting(self) -> "JudgementQuerySet":
        """Issued, and the headteacher has not acknowledged it."""
        return self.filter(status=JudgementStatus.ISSUED)

    def whole(self) -> "JudgementQuerySet":
        """With what lists and pages name."""
        return self.select_related("post__user", "post__home", "home", "year")


def counted_in(year: AcademicYear, today: date) -> PostQuerySet:
    """The ASTs of whom a judgement is due: those in post today, or on the last day of a year that is over."""
    return Post.objects.in_post(min(today, year.ends_on))
