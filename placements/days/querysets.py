"""Scopes over outreach days, their parts and the ledger."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Sum

from astcoord.core.models.about import AppendOnlyQuerySet
from astcoord.core.roles import OFFICE, Role
from placements.days.lifecycle import DAY_COUNTS, DAY_OPEN, DayStatus
from staff.accounts.models import User

if TYPE_CHECKING:
    from placements.days.models import (
        LedgerEntry,  # noqa: F401  (named in strings below)
        OutreachDay,  # noqa: F401  (named in strings below)
    )


class DayQuerySet(models.QuerySet["OutreachDay"]):
    def to_come(self, today: date) -> "DayQuerySet":
        """Today's and later ones that are neither written up nor called off."""
        return self.filter(on__gte=today, status__in=DAY_OPEN)

    def to_confirm(self, today: date) -> "DayQuerySet":
        """Days to come for which the host school has still to say yes (R-10.1)."""
        return self.filter(status=DayStatus.PLANNED, on__gte=today)

    def to_cover(self, user: User, today: date) -> "DayQuerySet":
        """Days to come of the ASTs whom this person's school employs; of all, for the office (R-18.4)."""
        coming = self.filter(on__gte=today, status__in=DAY_OPEN)
        if user.has_role(*OFFICE):
            return coming
        return coming.filter(placement__home_id__in=user.schools_as(Role.HEADTEACHER))

    def counting(self) -> "DayQuerySet":
        """Those that use the weekly cap."""
        return self.filter(status__in=DAY_COUNTS)

    def unwritten(self) -> "DayQuerySet":
        """Neither written up nor called off, whenever they are."""
        return self.filter(status__in=DAY_OPEN)

    def not_logged(self, today: date) -> "DayQuerySet":
        """Past, and still without a diary entry."""
        return self.filter(status__in=DAY_OPEN, on__lte=today)


class LedgerQuerySet(AppendOnlyQuerySet["LedgerEntry"]):
    def sums(self) -> dict[str, Decimal]:
        """Days by kind; kinds without an entry are 0."""
        found = dict(self.order_by().values_list("kind").annotate(total=Sum("days")))
        return {kind: found.get(kind, Decimal(0)) for kind in self.model.Kind.values}
