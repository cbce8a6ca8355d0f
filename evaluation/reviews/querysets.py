"""Scopes over impact reviews (section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from evaluation.reviews.lifecycle import REVIEW_OPEN, REVIEW_WITH_AST, ReviewStatus
from placements.placement.models import Placement
from staff.accounts.models import User

if TYPE_CHECKING:
    from evaluation.reviews.models import ImpactReview  # noqa: F401  (named in strings below)


class ReviewQuerySet(models.QuerySet["ImpactReview"]):
    def visible_to(self, user: User) -> "ReviewQuerySet":
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
