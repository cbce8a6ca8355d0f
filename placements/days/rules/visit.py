"""The visit to the AST's own school, in the first third of the days unless a head says why not (R-10.2)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem

if TYPE_CHECKING:
    from placements.days.models import OutreachDay

THIRD = 3


def is_missing(days: Sequence["OutreachDay"], agreed: Decimal, today: date) -> bool:
    """A third of the agreed days has come, and no day that counts is at the AST's school.

    `days` are those that use the cap, done or planned: a visit planned for later is late, but it is not forgotten.
    """
    if any(day.venue == "home" for day in days):
        return False
    come = sum((day.days for day in days if day.on <= today), Decimal(0))
    return come > 0 and come * THIRD >= agreed


def is_late(days: Sequence["OutreachDay"], agreed: Decimal) -> bool:
    """The first visit comes only after the first third of the days. Days are in order of date."""
    before = Decimal(0)
    for day in days:
        if day.venue == "home":
            return before * THIRD >= agreed
        before += day.days
    return False


def not_waived(reason: str) -> list[Problem]:
    """Without a reason the visit stands: it is essential (P5)."""
    if reason.strip():
        return []
    return [Problem("Enter why there will be no visit", field="reason", rule="R-10.2", code="reason")]
