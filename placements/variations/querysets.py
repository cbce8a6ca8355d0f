"""Scopes over time variations (section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from placements.variations.lifecycle import VARIATION_LIVE, VARIATION_WAITS, VariationStatus
from staff.accounts.models import User
from staff.posts.models import Post

if TYPE_CHECKING:
    from placements.variations.models import TimeVariation  # noqa: F401  (named in strings below)


class VariationQuerySet(models.QuerySet["TimeVariation"]):
    def visible_to(self, user: User) -> "VariationQuerySet":
        """Of the ASTs whose posts this person sees."""
        return self.filter(post__in=Post.objects.visible_to(user))

    def waiting(self) -> "VariationQuerySet":
        """Not yet agreed by both."""
        return self.filter(status__in=VARIATION_WAITS)

    def live(self) -> "VariationQuerySet":
        """Asked for or in force."""
        return self.filter(status__in=VARIATION_LIVE)

    def in_force(self, on: date) -> "VariationQuerySet":
        """Agreed by both, for that day (R-4.7)."""
        return self.filter(status=VariationStatus.IN_FORCE, starts_on__lte=on, ends_on__gte=on)
