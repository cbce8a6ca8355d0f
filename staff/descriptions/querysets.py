"""Scopes over job descriptions (section G)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.descriptions.lifecycle import DESCRIPTION_AGREED, DESCRIPTION_OPEN, DescriptionStatus
from staff.posts.lifecycle import ON_THE_WAY, POST_KNOWN
from staff.posts.models import Post

if TYPE_CHECKING:
    from staff.descriptions.models import JobDescription  # noqa: F401  (named in the string of the class line below)


class DescriptionQuerySet(models.QuerySet["JobDescription"]):
    def visible_to(self, user: User) -> "DescriptionQuerySet":
        """Section G: the co-ordinator all, the administrator those of whom the post is known, AST and head their own.

        Somebody who is to be an AST reads the own one, too: it is agreed before anybody is in post. The school's
        governors and the consultant of the group read what is agreed; officers and other heads nothing.
        """
        if user.has_role(Role.COORDINATOR):
            return self
        own = Q(post__home_id__in=user.schools_as(Role.HEADTEACHER))
        if user.has_role(*OFFICE):
            own |= Q(post__status__in=POST_KNOWN)
        mine = Q(post__user=user)
        own |= mine if user.has_role(Role.AST) else mine & Q(post__status__in=ON_THE_WAY)
        read = Q(post__home_id__in=user.schools_as(Role.GOVERNOR), post__status__in=POST_KNOWN)
        read |= Q(post__in=Post.objects.of_group(user).order_by().values("pk"))
        return self.filter(own | read & Q(status__in=DESCRIPTION_AGREED))

    def open(self) -> "DescriptionQuerySet":
        """Being written, or waiting for somebody to agree."""
        return self.filter(status__in=DESCRIPTION_OPEN)

    def agreed(self) -> "DescriptionQuerySet":
        """In force, now or before."""
        return self.filter(status__in=DESCRIPTION_AGREED)

    def in_force(self) -> "DescriptionQuerySet":
        """What headteacher and AST have agreed last."""
        return self.filter(status=DescriptionStatus.IN_FORCE)

    def whole(self) -> "DescriptionQuerySet":
        """With everything that it says, in three queries."""
        return self.select_related("post__user", "post__home", "written_by", "head_agreed_by").prefetch_related(
            "responsibilities__objectives"
        )
