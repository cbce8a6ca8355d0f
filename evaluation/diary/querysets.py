"""Scopes over diary entries (section G)."""

from typing import TYPE_CHECKING

from django.db import models

from astcoord.core.roles import OFFICE, Role
from evaluation.diary.lifecycle import DiaryStatus
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING, in_group

if TYPE_CHECKING:
    from evaluation.diary.models import DiaryEntry  # noqa: F401  (named in strings below)


class DiaryQuerySet(models.QuerySet["DiaryEntry"]):
    def visible_to(self, user: User) -> "DiaryQuerySet":
        """Entries that the person may open; drafts only to their author. `policy.depth` says how much of them.

        Host head, home head, AST, the subject's consultant and the office. Not officers, who read sums, and never
        governors (section G, R-13.2).
        """
        if user.has_role(*OFFICE):
            mine = self
        else:
            own = NOTHING
            if schools := user.schools_as(Role.HEADTEACHER):
                own |= models.Q(day__placement__host_id__in=schools) | models.Q(day__placement__home_id__in=schools)
            if user.has_role(Role.AST):
                own |= models.Q(day__placement__post__user=user)
            own |= in_group(user, "day__placement__subject", "day__placement__home")
            mine = self.filter(own)
        return mine.exclude(models.Q(status=DiaryStatus.DRAFT) & ~models.Q(author=user))

    def submitted(self) -> "DiaryQuerySet":
        return self.exclude(status=DiaryStatus.DRAFT)
