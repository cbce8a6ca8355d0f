"""Scopes over an AST's pay (section G, row “Pay range, point, grants, funding”, marked *)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.pay.lifecycle import RangeStatus
from staff.posts.lifecycle import POST_KNOWN, POST_OVER
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet

if TYPE_CHECKING:
    from staff.pay.models import (  # noqa: F401  (named in strings below)
        AllowanceAnswer,
        PayPoint,
        PayRange,
        PostContract,
        PostIncome,
    )


def posts_seen(user: User) -> PostQuerySet:
    """Posts whose pay this person reads: the co-ordinator all, the own school's head and governors, the AST.

    Governors read of a candidate once a range is put to them, because they decide it.
    """
    if user.has_role(Role.COORDINATOR):
        return Post.objects.all()
    found = Q(home_id__in=user.schools_as(Role.HEADTEACHER))
    put = Q(status__in=POST_KNOWN) | Q(pay_ranges__isnull=False)
    found |= Q(home_id__in=user.schools_as(Role.GOVERNOR)) & put
    if user.has_role(Role.AST):
        found |= Q(user=user)
    return Post.objects.filter(found).distinct()


def not_recorded(posts: PostQuerySet, on: date) -> PostQuerySet:
    """Those in post whose pay is not whole: no approved range, no point or no contract."""
    whole = Q(pay_ranges__status=RangeStatus.APPROVED, pay_points__isnull=False, contract__isnull=False)
    return posts.in_post(on).exclude(pk__in=Post.objects.filter(whole).order_by().values("pk"))


class OfPosts:
    """Mix into a queryset of rows of an AST's pay."""

    def visible_to(self: Any, user: User) -> Any:
        """Of the posts whose pay this person reads."""
        return self.filter(post__in=posts_seen(user).order_by().values("pk"))


class RangeQuerySet(OfPosts, models.QuerySet["PayRange"]):
    def approved(self) -> "RangeQuerySet":
        """Those that hold, or held, or will."""
        return self.filter(status=RangeStatus.APPROVED)

    def waiting(self) -> "RangeQuerySet":
        """Those that the governors have not decided."""
        return self.filter(status=RangeStatus.PROPOSED)


class PointQuerySet(OfPosts, models.QuerySet["PayPoint"]):
    pass


class AllowanceQuerySet(OfPosts, models.QuerySet["AllowanceAnswer"]):
    pass


class IncomeQuerySet(OfPosts, models.QuerySet["PostIncome"]):
    pass


class ContractQuerySet(OfPosts, models.QuerySet["PostContract"]):
    def due(self, last: date) -> "ContractQuerySet":
        """Fixed terms that end by `last`, without a decision what becomes of them (R-2.4)."""
        running = self.filter(post__ends_on__isnull=True).exclude(post__status__in=POST_OVER)
        return running.filter(ends_on__lte=last, ending_decided_on__isnull=True)
