"""Scopes over teams of ASTs."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.posts.models import Post

if TYPE_CHECKING:
    from staff.teams.models import Team  # noqa: F401  (named in the string of the class line below)


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: User) -> "TeamQuerySet":
        """The office all; the school's head and governors their school's; members their own."""
        if user.has_role(*OFFICE):
            return self
        own = Q(school_id__in=user.schools_as(Role.HEADTEACHER, Role.GOVERNOR))
        if user.has_role(Role.AST):
            mine = Post.objects.filter(user=user).values("pk")
            own |= Q(pk__in=self.model._default_manager.filter(members__in=mine).values("pk"))
        return self.filter(own)
