"""Scopes of the diary and the reviews (section G)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from astcoord.core.roles import OFFICE, Role
from evaluation.lifecycle import REVIEW_OPEN, REVIEW_WITH_AST, DiaryStatus, ReviewStatus
from placements.models import Placement
from placements.querysets import NOTHING, consultant_subjects

if TYPE_CHECKING:
    from evaluation.models import DiaryEntry, ImpactReview  # noqa: F401  (named in the strings below)


class DiaryQuerySet(models.QuerySet["DiaryEntry"]):
    def visible_to(self, user: Any) -> "DiaryQuerySet":
        """Entries that the person may open; drafts only to their author. `policy.depth` says how much of them.

        Host head, home head, AST, the subject's consultant and the office. Not officers, who read sums, and never
        governors (section G, R-13.2).
        """
        if user.has_role(*OFFICE):
            mine = self
        else:
            own = NOTHING
            if schools := user.schools_as(Role.HEADTEACHER):
                own |= models.Q(day__placement__host_id__in=schools) | models.Q(day__placement__home_id__in=schools)
            if user.has_role(Role.AST):
                own |= models.Q(day__placement__post__user=user)
            if subjects := consultant_subjects(user):
                own |= models.Q(day__placement__subject__in=subjects)
            mine = self.filter(own)
        return mine.exclude(models.Q(status=DiaryStatus.DRAFT) & ~models.Q(author=user))

    def submitted(self) -> "DiaryQuerySet":
        return self.exclude(status=DiaryStatus.DRAFT)


class ReviewQuerySet(models.QuerySet["ImpactReview"]):
    def visible_to(self, user: Any) -> "ReviewQuerySet":
        """Reviews of placements the person sees whole; governors read the summary instead."""
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def open(self) -> "ReviewQuerySet":
        return self.filter(status__in=REVIEW_OPEN)

    def with_ast(self) -> "ReviewQuerySet":
        """Those that wait for the AST."""
        return self.filter(status__in=REVIEW_WITH_AST)

    def overdue(self, today: date) -> "ReviewQuerySet":
        """Still with the AST although the day has passed."""
        return self.with_ast().filter(due_on__lt=today)

    def with_people(self) -> "ReviewQuerySet":
        """With what every list and page shows, in one query."""
        return self.select_related("term", "placement__post__user", "placement__host", "placement__home")

    def accepted(self) -> "ReviewQuerySet":
        return self.filter(status=ReviewStatus.ACCEPTED)
