"""Scopes over ideas brought back (R-10.11)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import OFFICE, Role
from placements.days.lifecycle import DayStatus
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING

if TYPE_CHECKING:
    from evaluation.ideas.models import Idea  # noqa: F401  (named in strings below)


class IdeaQuerySet(models.QuerySet["Idea"]):
    def told(self) -> "IdeaQuerySet":
        """Those that do not wait in a draft of the diary."""
        return self.filter(Q(day=None) | Q(day__status=DayStatus.DONE))

    def visible_to(self, user: User) -> "IdeaQuerySet":
        """The AST's own, those of the headteacher's own school, the office's. Not the host's: they are the home's."""
        if user.has_role(*OFFICE):
            return self.told()
        own = Q(placement__post__user=user) if user.has_role(Role.AST) else NOTHING
        schools = user.schools_as(Role.HEADTEACHER)
        home = Q(placement__home_id__in=schools) & (Q(day=None) | Q(day__status=DayStatus.DONE))
        return self.filter(own | home if schools else own)

    def between(self, first: date, last: date) -> "IdeaQuerySet":
        return self.filter(noted_on__range=(first, last))
