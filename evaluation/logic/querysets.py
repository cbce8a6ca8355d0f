"""Scopes over logic models (section G)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import OFFICE, Role
from evaluation.logic.lifecycle import LOGIC_HANDED_IN, LOGIC_OUTCOME, LogicStatus
from placements.placement.models import Placement
from staff.accounts.models import User
from staff.accounts.querysets import in_group

if TYPE_CHECKING:
    from evaluation.logic.models import LogicModel  # noqa: F401  (named in strings below)


class LogicQuerySet(models.QuerySet["LogicModel"]):
    def visible_to(self, user: User) -> "LogicQuerySet":
        """Every version for the office, the host head and the AST; from its submission for the subject's consultant;
        what has been agreed for home heads and officers, who read its outcomes.
        """
        if user.has_role(*OFFICE):
            return self
        seen = Q(status__in=LOGIC_OUTCOME, placement__in=Placement.objects.visible_to(user))
        if schools := user.schools_as(Role.HEADTEACHER):
            seen |= Q(placement__host_id__in=schools)
        if user.has_role(Role.AST):
            seen |= Q(placement__post__user=user)
        seen |= in_group(user, "placement__subject", "placement__home") & ~Q(status=LogicStatus.DRAFT)
        return self.filter(seen)

    def handed_in(self) -> "LogicQuerySet":
        """With the host headteacher, or agreed."""
        return self.filter(status__in=LOGIC_HANDED_IN)

    def agreed(self) -> "LogicQuerySet":
        """In force: one to a placement at most."""
        return self.filter(status=LogicStatus.AGREED)

    def with_people(self) -> "LogicQuerySet":
        """With what every page shows, in one query."""
        return self.select_related(
            "placement__post__user", "placement__host", "placement__home", "placement__request", "submitted_by"
        )
