"""Scopes over observations between ASTs: the two of them read it, and nobody else (R-3.14)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.peers.lifecycle import OPEN
from staff.posts.models import Post

if TYPE_CHECKING:
    from staff.peers.models import PeerObservation  # noqa: F401  (named in the string of the class line below)


class PeerQuerySet(models.QuerySet["PeerObservation"]):
    def visible_to(self, user: User) -> "PeerQuerySet":
        """An AST’s own, on either side."""
        return self.of(user) if user.has_role(Role.AST) else self.none()

    def of(self, user: User) -> "PeerQuerySet":
        """In which this person watches or is watched."""
        return self.filter(Q(observer__user=user) | Q(observed__user=user))

    def of_post(self, post: Post) -> "PeerQuerySet":
        """In which this post’s AST watches or is watched."""
        return self.filter(Q(observer=post) | Q(observed=post))

    def open(self) -> "PeerQuerySet":
        """Still to take place."""
        return self.filter(status__in=OPEN)

    def whole(self) -> "PeerQuerySet":
        """With what lists, pages and e-mails name."""
        return self.select_related("observer__user", "observer__home", "observed__user", "observed__home")
