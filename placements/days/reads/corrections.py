"""Whether a day that has been held may turn out to have been on another date, or longer or shorter (R-10.8)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from astcoord.core.clock import today
from astcoord.core.problems import Problem
from placements.days import ledger
from placements.days.models import LedgerEntry, OutreachDay
from placements.days.reads.days import day_book
from placements.days.rules import days as days_rules
from placements.days.rules.balance import over_budget
from placements.days.rules.time import DayUse
from placements.placement.lifecycle import PLACEMENT_OVER
from placements.placement.models import Placement
from schools.calendar import reads as calendar


@dataclass(frozen=True)
class Used:
    """What a placement's days come to. `given_back`: it is over, and what was not used has gone back already."""

    days: Decimal
    given_back: bool


def used(placement: Placement) -> Used:
    """Two queries."""
    dated = placement.outreach_days.counting().aggregate(total=Sum("days"))["total"] or Decimal(0)
    days = dated + placement.days_before
    held = ledger.placement_sums(placement)[LedgerEntry.Kind.CONTRACT]
    return Used(days, placement.status in PLACEMENT_OVER and held == days)


def correction_problems(day: OutreachDay, use: DayUse) -> list[Problem]:
    """What forbids that the day was `use`: a date to come, the cap, the contract, the year (R-4.3, R-4.11).

    An unchanged date and length was right when it was written, and is not asked about again.
    """
    placement = day.placement
    if DayUse(day.on, day.days) == use:
        return []
    found = [*days_rules.in_the_future(use.on, today()), *days_rules.after_the_end(use.on, placement.ended_on)]
    book = day_book(placement, use.on, use.on, replacing=day)
    if not used(placement).given_back:
        return found + book.misfits(use)
    book.contracted = max(book.contracted, placement.days)  # days that went back may have been used after all
    found += book.misfits(use)
    year = calendar.year_on(use.on)
    return found + (over_budget(ledger.balance(placement.post, year).remaining, use.days - day.days) if year else [])
