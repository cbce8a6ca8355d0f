"""Scopes over guidance (R-3.19)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import AUTHORITY, Role
from staff.accounts.models import User
from staff.guidance.lifecycle import Audience
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post

if TYPE_CHECKING:
    from staff.guidance.models import GuidancePage  # noqa: F401  (named in the string of the class line below)


class GuidanceQuerySet(models.QuerySet["GuidancePage"]):
    def visible_to(self, user: User) -> "GuidanceQuerySet":
        """The co-ordinator all; the authority's others what holds; ASTs, candidates and heads what is for them."""
        if user.has_role(Role.COORDINATOR):
            return self
        holding = self.filter(retired_on=None)
        if user.has_role(*AUTHORITY):
            return holding
        found = Q(pk__in=[])
        for audience in _audiences(user):
            found |= Q(audiences__has=audience)
        return holding.filter(found)


def _audiences(user: User) -> set[Audience]:
    """An AST's account begins with the candidate: until the first day in post it is a candidate's."""
    found = set()
    if user.has_role(Role.HEADTEACHER):
        found |= {Audience.HEADS, Audience.CANDIDATES}
    if user.has_role(Role.AST):
        in_post = Post.objects.filter(user=user, status=PostStatus.IN_POST).exists()
        found.add(Audience.ASTS if in_post else Audience.CANDIDATES)
    return found
