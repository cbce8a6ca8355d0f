"""Scopes over role training, and over who co-ordinates it (section G, “CPD, network”; R-3.21)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet

if TYPE_CHECKING:
    from staff.training.models import RoleTraining, TrainingCoordinator  # noqa: F401  (named in strings below)


def of_development(user: User) -> Q:
    """Section G, row “CPD, network”: the office all, a consultant the group, an AST the own, the head the school’s."""
    if user.has_role(*OFFICE):
        return Q()
    own = Q(post__home_id__in=user.schools_as(Role.HEADTEACHER))
    if user.has_role(Role.AST):
        own |= Q(post__user=user)
    own |= Q(post_id__in=Post.objects.of_group(user).order_by().values("pk"))
    return own


class RoleTrainingQuerySet(models.QuerySet["RoleTraining"]):
    def visible_to(self, user: User) -> "RoleTrainingQuerySet":
        """Those of the ASTs whose development this person may read."""
        return self.filter(of_development(user))


class TrainingCoordinatorQuerySet(models.QuerySet["TrainingCoordinator"]):
    def current(self) -> "TrainingCoordinatorQuerySet":
        """Who holds it; one at most."""
        return self.filter(ended_on=None)


def posts_of(user: User, *, every: bool) -> PostQuerySet:
    """The ASTs of whom this person reads what is wanting: `every`, or those of the own group."""
    if every:
        return Post.objects.all()
    mine = Post.objects.of_group(user).order_by().values("pk")
    return Post.objects.filter(pk__in=mine)
