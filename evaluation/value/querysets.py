"""Scopes over the costs of placements (R-11.13, section G)."""

from typing import TYPE_CHECKING

from django.db import models

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User

if TYPE_CHECKING:
    from evaluation.value.models import PlacementCost  # noqa: F401  (named in strings below)


class CostQuerySet(models.QuerySet["PlacementCost"]):
    def visible_to(self, user: User) -> "CostQuerySet":
        """Each by itself: the office, and the headteacher who lets the AST go. Others read sums, or nothing."""
        if user.has_role(*OFFICE):
            return self
        return self.filter(placement__home_id__in=user.schools_as(Role.HEADTEACHER))
