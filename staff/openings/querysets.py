"""Scopes over the posts that schools want to open."""

from typing import TYPE_CHECKING

from django.db import models

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.openings.lifecycle import TO_FILL, OpeningStatus

if TYPE_CHECKING:
    from staff.openings.models import Opening  # noqa: F401  (named in the string of the class line below)


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, user: User) -> "OpeningQuerySet":
        """Section G, row “Governor decision”: the authority all, heads and governors their own."""
        if user.has_role(Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER):
            return self
        return self.filter(school_id__in=user.schools_as(Role.HEADTEACHER, Role.GOVERNOR))

    def with_school(self) -> "OpeningQuerySet":
        """With what lists and pages show of the school, its categories too. One query more."""
        return self.select_related("school").prefetch_related("school__statuses")

    def to_fill(self) -> "OpeningQuerySet":
        """Nobody is in post yet, and the school has not given it up."""
        return self.filter(status__in=TO_FILL)

    def advertised(self) -> "OpeningQuerySet":
        """Those of which an advertisement is recorded (R-14.5)."""
        return self.filter(advertised_on__isnull=False)

    def undecided(self) -> "OpeningQuerySet":
        """Discussed, and the governors' decision is not recorded (R-1.4)."""
        return self.filter(status=OpeningStatus.DISCUSSED)
