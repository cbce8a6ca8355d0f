"""Placements with days and a cost."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from evaluation.value import actions
from evaluation.value.models import PlacementCost
from placements.placement.models import Placement
from tests.cast import Cast
from tests.factories import PlacementFactory

BEFORE = date(2026, 9, 7)
DAY = date(2026, 11, 24)


def given(placement: Placement, days: int) -> Placement:
    """So many days, without dates."""
    Placement.objects.filter(pk=placement.pk).update(taken_in_on=BEFORE, days_before=days)
    return placement


def cost(cast: Cast, placement: Placement, amount: int = 2000, covers: str = "Cover for 10 days") -> PlacementCost:
    return actions.enter(placement=placement, amount=Decimal(amount), covers=covers, by=cast.coordinator)


def more(cast: Cast, count: int, **fields: Any) -> Iterator[Placement]:
    """Active placements at schools of their own, each with two days and £100."""
    for _ in range(count):
        placement = PlacementFactory(
            match__post=cast.post, match__proposed_by=cast.coordinator, status="active", starts_on=DAY, **fields
        )
        cost(cast, given(placement, 2), 100)
        yield placement
