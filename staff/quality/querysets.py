"""Scopes over QA visits (section G*, row “QA visit, observation outcome”)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from astcoord.core.roles import Role
from schools.register.lifecycle import Phase
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet
from staff.quality.lifecycle import TOOK_PLACE, QaKind

if TYPE_CHECKING:
    from staff.quality.models import QaVisit  # noqa: F401  (named in the string of the class line below)


class QaVisitQuerySet(models.QuerySet["QaVisit"]):
    def visible_to(self, user: User) -> "QaVisitQuerySet":
        """The co-ordinator all, a consultant the group, an AST the own, the own head what is planned.

        Of a report the head reads nothing until the AST agrees (`permissions.reads_report`). Host headteachers,
        governors, administrators and officers see no visit.
        """
        if user.has_role(Role.COORDINATOR):
            return self
        own = Q(post__home_id__in=user.schools_as(Role.HEADTEACHER))
        if user.has_role(Role.AST):
            own |= Q(post__user=user)
        group = Post.objects.of_group(user).exclude(user=user)
        own |= Q(post_id__in=group.order_by().values("pk"))
        return self.filter(own)

    def took_place(self) -> "QaVisitQuerySet":
        """Those that count as visited."""
        return self.filter(status__in=TOOK_PLACE)

    def whole(self) -> "QaVisitQuerySet":
        """With what lists and pages name."""
        return self.select_related("post__user", "post__home", "visitor")


def with_coverage(posts: PostQuerySet, visits: "QaVisitQuerySet") -> Any:
    """Each with `teaching` and `outreach`, whether it was visited for that, and `turn`: secondary 0, other phases 1."""
    mine = visits.took_place().filter(post__user=OuterRef("user"))
    kinds = {kind.value: Exists(mine.filter(kind=kind)) for kind in QaKind}
    turn = Case(When(home__phase=Phase.SECONDARY, then=Value(0)), default=Value(1))
    return posts.annotate(**kinds, turn=turn).order_by("turn", "user__name_key", "pk")
