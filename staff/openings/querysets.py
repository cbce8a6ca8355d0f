"""Scopes over the posts that schools want to open."""

from typing import TYPE_CHECKING

from django.db import models

from astcoord.core.roles import Role
from staff.accounts.models import User

if TYPE_CHECKING:
    from staff.openings.models import Opening  # noqa: F401  (named in the string of the class line below)


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, user: User) -> "OpeningQuerySet":
        """Section G, row “Governor decision”: the authority all, heads and governors their own."""
        if user.has_role(Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER):
            return self
        return self.filter(school_id__in=user.schools_as(Role.HEADTEACHER, Role.GOVERNOR))
