"""Where a placement stands with the visit to the AST's school (R-10.2)."""

from dataclasses import dataclass
from datetime import date

from placements.days.models import OutreachDay
from placements.days.rules import visit as rules
from placements.placement.models import Placement


@dataclass(frozen=True)
class Visit:
    """`day` is the first that counts at the AST's school; `waived` is a head's reason for none."""

    day: OutreachDay | None
    waived: str
    missing: bool
    late: bool


def visit_of(placement: Placement, today: date) -> Visit:
    """One query."""
    days = list(placement.outreach_days.counting().order_by("on", "pk"))
    first = next((day for day in days if day.venue == OutreachDay.Venue.HOME), None)
    waived = placement.visit_waived_reason
    missing = not waived and rules.is_missing(days, placement.days, today)
    return Visit(first, waived if first is None else "", missing, rules.is_late(days, placement.days))
