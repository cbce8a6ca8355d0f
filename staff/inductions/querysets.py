"""Scopes over the meetings with candidates (section G*, row “Assessment, aspirant list”)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.posts.models import Post

if TYPE_CHECKING:
    from staff.inductions.models import InductionMeeting  # noqa: F401  (named in the string of the class line below)


class InductionMeetingQuerySet(models.QuerySet["InductionMeeting"]):
    def visible_to(self, user: User) -> "InductionMeetingQuerySet":
        """The co-ordinator all, a consultant the group's, the own headteacher and the AST their own."""
        if user.has_role(Role.COORDINATOR):
            return self
        own = Q(post__home_id__in=user.schools_as(Role.HEADTEACHER))
        if user.has_role(Role.AST):
            own |= Q(post__user=user)
        own |= Q(post_id__in=Post.objects.of_group(user).order_by().values("pk"))
        return self.filter(own)

    def whole(self) -> "InductionMeetingQuerySet":
        """With what pages name."""
        return self.select_related("post__user", "post__home", "led_by")
