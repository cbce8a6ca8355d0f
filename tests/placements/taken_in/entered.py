"""A placement that was agreed before this system, as the co-ordinator enters it."""

from datetime import date
from decimal import Decimal
from typing import Any

from placements.placement.models import Placement
from placements.taken_in.actions import take_in
from placements.taken_in.rules import Agreed
from tests.cast import Cast

AIMS = ("Pupils choose a method by themselves.", "Both teachers plan together.")


def agreed(cast: Cast, **changes: Any) -> Agreed:
    """Six days of which two are used, begun in September; the clock of tests stands in October 2026."""
    facts: dict[str, Any] = {
        "post": cast.post,
        "host": cast.host,
        "subject": "mathematics",
        "starts_on": date(2026, 9, 15),
        "ends_on": date(2027, 2, 9),
        "days": Decimal(6),
        "used": Decimal(2),
        "aims": AIMS,
        "agreed_on": date(2026, 9, 8),
    }
    return Agreed(**{**facts, **changes})


def entered(cast: Cast, **changes: Any) -> Placement:
    return take_in(agreed=agreed(cast, **changes), by=cast.coordinator)
