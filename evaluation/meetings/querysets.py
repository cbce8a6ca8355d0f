"""Scopes over what was agreed at meetings (section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import Role
from placements.placement.lifecycle import PlacementStatus
from placements.placement.ten_items import ActionOwner
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING

if TYPE_CHECKING:
    from evaluation.meetings.models import MeetingAction  # noqa: F401  (named in strings below)


class ActionQuerySet(models.QuerySet["MeetingAction"]):
    def to_do(self) -> "ActionQuerySet":
        """Not done yet, of a placement that is not closed."""
        return self.filter(done_on=None).exclude(meeting__placement__status=PlacementStatus.CLOSED)

    def due_by(self, day: date) -> "ActionQuerySet":
        return self.to_do().filter(due_on__lte=day)

    def owned_by(self, user: User) -> "ActionQuerySet":
        """Those that this person ticks off: as host head, home head, AST or co-ordinator."""
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(owner=ActionOwner.HOST_HEAD, meeting__placement__host_id__in=schools)
            own |= Q(owner=ActionOwner.HOME_HEAD, meeting__placement__home_id__in=schools)
        if user.has_role(Role.AST):
            own |= Q(owner=ActionOwner.AST, meeting__placement__post__user=user)
        if user.has_role(Role.COORDINATOR):
            own |= Q(owner=ActionOwner.COORDINATOR)
        return self.filter(own)
