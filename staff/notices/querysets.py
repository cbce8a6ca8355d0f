"""Scopes over notices, and the ASTs that one is for (R-3.20)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet

if TYPE_CHECKING:
    from staff.notices.models import Notice


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> "NoticeQuerySet":
        """The office all; an AST those of today that are for all, or for the own phase and subject."""
        if user.has_role(*OFFICE):
            return self
        return self.shown(today()).meant_for(user, today()) if user.has_role(Role.AST) else self.none()

    def shown(self, on: date) -> "NoticeQuerySet":
        """Begun, not over and not withdrawn."""
        return self.filter(starts_on__lte=on, ends_on__gte=on, withdrawn_on=None)

    def meant_for(self, user: User, on: date) -> "NoticeQuerySet":
        """One of the person's posts is of the notice's phase and subject, where it has any; agrees with `readers_of`.

        Two queries more.
        """
        meant = Q(pk__in=[])
        for post in (
            Post.objects.in_post_from(on).filter(user=user).select_related("home").prefetch_related("expertise")
        ):
            subjects = [each.subject for each in post.expertise.all()]
            meant |= Q(phase__in=["", post.home.phase], subject__in=["", *subjects])
        return self.filter(meant)


def readers_of(notice: "Notice", on: date) -> PostQuerySet:
    """The ASTs that it is for: those who hold a post, or have been put in one to come."""
    posts = Post.objects.in_post_from(on)
    if notice.phase:
        posts = posts.filter(home__phase=notice.phase)
    if notice.subject:
        posts = posts.filter(expertise__subject=notice.subject)
    return posts.distinct()
