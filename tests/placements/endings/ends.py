"""A placement brought to its end through the actions."""

from datetime import date
from decimal import Decimal
from typing import Any

from placements.days.actions import days
from placements.days.models import OutreachDay
from placements.endings.actions import completing, early
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active

LAST = date(2027, 2, 12)


def held(cast: Cast, clock: Any, placement: Placement, *on: date) -> list[OutreachDay]:
    """Whole days planned and delivered, and the clock on the last of them."""
    planned = [days.plan_day(placement=placement, on=day, days=Decimal(1), by=cast.ast) for day in on]
    clock.move_to(f"{max(on)} 16:00:00Z")
    return [days.deliver_day(day=d, on=d.on, days=d.days, venue=d.venue, by=cast.ast) for d in planned]


def evaluated(cast: Cast, clock: Any, **fields: Any) -> Placement:
    """Two of six days held; the final evaluation is open; the clock stands on the last day."""
    placement = active(cast, **fields)
    held(cast, clock, placement, date(2026, 11, 3), date(2026, 11, 10))
    clock.move_to(f"{LAST} 09:00:00Z")
    placement.refresh_from_db()
    return completing.open_final_evaluation(placement=placement, by=None)


def completed(cast: Cast, clock: Any, **fields: Any) -> Placement:
    return completing.complete(placement=evaluated(cast, clock, **fields), by=cast.coordinator)


def ended(cast: Cast, placement: Placement, on: date) -> Placement:
    return early.end_early(
        placement=placement, by=cast.host_head, ended_on=on, category="priorities", reason="Juno Pettifer moves class"
    )
