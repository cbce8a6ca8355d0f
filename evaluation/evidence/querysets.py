"""Scopes over evidence (section G)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import OFFICE, Role
from placements.days.lifecycle import DayStatus
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING, in_group

if TYPE_CHECKING:
    from evaluation.evidence.models import Evidence  # noqa: F401  (named in strings below)
    from placements.supported.models import SupportedStaff


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> "EvidenceQuerySet":
        """The AST's own, the host headteacher's, the subject's consultant's, the office's.

        What belongs to a day that is not in the diary yet is its author's alone, as a draft is. Home headteachers and
        officers read the library, and governors neither (section G).
        """
        told = Q(day=None) | Q(day__status=DayStatus.DONE) | Q(added_by=user)
        if user.has_role(*OFFICE):
            return self.filter(told)
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(placement__host_id__in=schools)
        if user.has_role(Role.AST):
            own |= Q(placement__post__user=user)
        own |= in_group(user, "placement__subject", "placement__home")
        return self.filter(told & own)

    def of_person(self, person: "SupportedStaff") -> "EvidenceQuerySet":
        """What belongs to days that this person is told to have taken part in (section G: own)."""
        return self.filter(placement=person.placement_id, day__status=DayStatus.DONE, day__diary__staff=person)

    def held(self) -> "EvidenceQuerySet":
        """Those that have not been taken away."""
        return self.filter(removed_at=None)
