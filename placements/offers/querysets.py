"""Requests that ASTs may offer for, and offers that still stand (R-7.9)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from astcoord.core.roles import OFFICE, Role
from placements.requests.lifecycle import REQUEST_WITH_COORDINATOR
from placements.requests.models import OutreachRequest
from placements.requests.querysets import RequestQuerySet
from staff.accounts.models import User
from staff.posts.lifecycle import LET_OUT, PostStatus
from staff.posts.models import Post

if TYPE_CHECKING:
    from placements.offers.models import HelpOffer  # noqa: F401  (named in the string of the class line below)


class HelpOfferQuerySet(models.QuerySet["HelpOffer"]):
    def visible_to(self, user: User) -> "HelpOfferQuerySet":
        """The AST the own; the office those of people whom it may know (section G*)."""
        own = Q(post__user=user) if user.has_role(Role.AST) else Q(pk__in=[])
        if user.has_role(*OFFICE):
            own |= Q(post__in=Post.objects.visible_to(user).order_by().values("pk"))
        return self.filter(own)

    def standing(self, today: date) -> "HelpOfferQuerySet":
        """While somebody is looked for and the AST is there, and until the AST is asked: then the answer counts.

        A match that falls through opens the request again, and the offers of others with it.
        """
        stays = Q(post__ends_on=None) | Q(post__ends_on__gte=today)
        there = stays & Q(post__status__in=[PostStatus.IN_POST, *LET_OUT])
        asked = OutreachRequest.objects.filter(
            pk=OuterRef("request"), matches__post=OuterRef("post"), matches__proposed_at__gte=OuterRef("at")
        )
        return self.filter(there, ~Exists(asked), request__in=looking(today).order_by().values("pk"))


def looking(today: date) -> RequestQuerySet:
    """Requests for which the co-ordinator looks for an AST: confirmed by the school, and not past."""
    open_ = OutreachRequest.objects.filter(status__in=REQUEST_WITH_COORDINATOR, confirmed_by__isnull=False)
    return open_.filter(wanted_until__gte=today)


def within_reach(post: Post, today: date) -> RequestQuerySet:
    """Of these, those in the AST's subjects and phases, of other schools; two queries for the AST, none for more."""
    if not post.has_profile:
        return looking(today).none()
    phases = Q(key_stages="")
    for stage in post.key_stages:
        phases |= Q(key_stages__has=stage)
    subjects = [each.subject for each in post.expertise.all()]
    return looking(today).filter(phases, subject__in=subjects).exclude(host_id=post.home_id)
