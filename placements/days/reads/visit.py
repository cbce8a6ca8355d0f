"""Where a placement stands with the visit to the AST's school (R-10.2)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from placements.days.models import OutreachDay
from placements.days.querysets import DayQuerySet
from placements.days.rules import visit as rules
from placements.placement.models import Placement
from placements.placement.querysets import PlacementQuerySet


@dataclass(frozen=True)
class Visit:
    """`day` is the first that counts at the AST's school; `waived` is a head's reason for none."""

    day: OutreachDay | None
    waived: str
    missing: bool
    late: bool


def visit_of(placement: Placement, today: date) -> Visit:
    """One query; none where `without_visit` has fetched the days."""
    days = getattr(placement, "counting_days", None)
    if days is None:
        days = list(_counting().filter(placement=placement))
    first = next((day for day in days if day.venue == OutreachDay.Venue.HOME), None)
    waived = placement.visit_waived_reason
    missing = not waived and rules.is_missing(days, placement.days, today)
    return Visit(first, waived if first is None else "", missing, rules.is_late(days, placement.days))


def without_visit(placements: PlacementQuerySet, today: date) -> list[Placement]:
    """Those of which a third of the days has come without a visit, and no head said why. Two queries."""
    found = placements.prefetch_related(Prefetch("outreach_days", _counting(), to_attr="counting_days"))
    return [placement for placement in found if visit_of(placement, today).missing]


def _counting() -> DayQuerySet:
    return OutreachDay.objects.counting().order_by("on", "pk")
