"""Scopes over return visits (section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from evaluation.returns.lifecycle import ReturnStatus
from evaluation.returns.rules import LATE, REPORT_WITHIN
from placements.placement.models import Placement
from staff.accounts.models import User

if TYPE_CHECKING:
    from evaluation.returns.models import ReturnVisit  # noqa: F401  (named in strings below)


class ReturnQuerySet(models.QuerySet["ReturnVisit"]):
    def visible_to(self, user: User) -> "ReturnQuerySet":
        """Return visits of placements that the person sees; home heads and officers read the outcome of them."""
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def to_date(self, today: date) -> "ReturnQuerySet":
        """Without a day although their term has begun."""
        return self.filter(status=ReturnStatus.SCHEDULED, opens_on__lte=today)

    def late(self, today: date) -> "ReturnQuerySet":
        """Without a day after their term, or without a report a fortnight after it was due."""
        undated = Q(status=ReturnStatus.SCHEDULED, due_on__lt=today)
        unreported = Q(status=ReturnStatus.DONE, visit_on__lt=today - REPORT_WITHIN - LATE)
        return self.filter(undated | unreported)

    def with_people(self) -> "ReturnQuerySet":
        """With what every list and page shows, in one query."""
        return self.select_related("placement__post__user", "placement__host", "placement__home", "placement__request")
