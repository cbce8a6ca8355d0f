"""Scopes over the list of aspirants."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Q, Value, When

from astcoord.core.periods import years_before
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.accounts.querysets import in_group
from staff.aspirants.lifecycle import AspirantState

if TYPE_CHECKING:
    from staff.aspirants.models import Aspirant  # noqa: F401  (named in strings below)

KEPT_YEARS = 2
"""So long somebody stays known who is off the list, in case the teacher comes back to it†."""


class AspirantQuerySet(models.QuerySet["Aspirant"]):
    def visible_to(self, user: User) -> "AspirantQuerySet":
        """Section G*: the co-ordinator all, a consultant the group, a head the own school, an AST the own row."""
        if user.has_role(Role.COORDINATOR):
            return self
        own = Q(school_id__in=user.schools_as(Role.HEADTEACHER))
        if user.has_role(Role.AST):
            own |= Q(post__user=user)
        return self.filter(own | in_group(user, "subject", "school"))

    def listed(self) -> "AspirantQuerySet":
        """Those on the list now."""
        return self.filter(off_on=None, confirmed_on__isnull=False)

    def waiting(self) -> "AspirantQuerySet":
        """Those whom a head has put forward and about whom the co-ordinator has said nothing yet."""
        return self.filter(off_on=None, confirmed_on=None)

    def with_state(self) -> "AspirantQuerySet":
        """Each with `state`, a value of `AspirantState`; those on the list come before those off it."""
        state = Case(
            When(off_on__isnull=False, then=Value(AspirantState.OFF)),
            When(confirmed_on=None, then=Value(AspirantState.WAITING)),
            default=Value(AspirantState.LISTED),
        )
        return self.annotate(state=state).order_by(models.F("off_on").asc(nulls_first=True), "name_key", "pk")

    def over(self, today: date) -> "AspirantQuerySet":
        """Those who have been off the list for so long that they are forgotten."""
        return self.filter(off_on__lt=years_before(today, KEPT_YEARS))
