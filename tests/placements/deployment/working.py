"""Placements with days, for the figures of where they go."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client

from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.placement.models import Placement
from tests.cast import Cast
from tests.factories import PlacementFactory, SchoolFactory

DAY = date(2026, 10, 6)
Kind = LedgerEntry.Kind


def contracted(cast: Cast, days: int = 6, **facts: Any) -> Placement:
    """Active, with so many days under contract this year."""
    facts.setdefault("host", SchoolFactory())
    placement = PlacementFactory(match__post=cast.post, status="active", days=Decimal(days), **facts)
    ledger.write(Kind.CONTRACT, placement, Decimal(days), on=DAY, by=None)
    return placement


def planned(placement: Placement, days: int, *, on: date) -> None:
    """Days with a date."""
    ledger.write(Kind.PLAN, placement, Decimal(days), on=on, by=None)


def delivered(placement: Placement, days: int, *, on: date = DAY) -> None:
    """Days given."""
    ledger.write(Kind.DELIVERY, placement, Decimal(days), on=on, by=None)


def file_of(client: Client, url: str, **query: str) -> list[str]:
    """The lines of a file."""
    response: Any = client.get(url, query)
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
