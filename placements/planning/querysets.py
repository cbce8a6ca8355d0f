"""Scopes over deployment plans (section G)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from placements.planning.lifecycle import PLAN_MADE, PlanStatus
from staff.accounts.models import User
from staff.accounts.querysets import OFFICE_AND_OFFICER

if TYPE_CHECKING:
    from placements.planning.models import Plan  # noqa: F401  (named in strings below)


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> "PlanQuerySet":
        """The office and officers all; nobody else: a plan names ASTs and schools that have not been asked."""
        return self if user.has_role(*OFFICE_AND_OFFICER) else self.none()

    def real(self) -> "PlanQuerySet":
        """Plans that may be carried out: no what-ifs."""
        return self.filter(kind="real")

    def made(self) -> "PlanQuerySet":
        """Those with a result."""
        return self.filter(status__in=PLAN_MADE)

    def silent(self, now: datetime) -> "PlanQuerySet":
        """Said to be running, but the worker has not been heard of."""
        return self.filter(status=PlanStatus.RUNNING, lease_until__lt=now)

    def light(self) -> "PlanQuerySet":
        """Without the large columns, for lists and pages."""
        return self.defer("input", "outcome", "certificate", "stages", "left_out")
