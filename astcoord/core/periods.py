"""How long personal data is kept: the numbers, dated, in one place (section G, R-6.7, R-9.3).

A change is a new entry with the day from which it holds, so that one can still say why something went when it did.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Periods:
    """The numbers in force from `valid_from` on."""

    valid_from: date
    supported_staff_years: int = 2
    shared_papers_days: int = 30
    shared_papers_months: int = 12
    message_months: int = 12
    audit_years: int = 7
    sign_in_hours: int = 12


SCHEDULE = (Periods(date(2000, 1, 1)),)
"""Newest last. The years of the audit trail are also in the database's triggers: a change needs `manage.py migrate`."""


def in_force(on: date) -> Periods:
    """The numbers that hold on a day."""
    return max((p for p in SCHEDULE if p.valid_from <= on), key=lambda p: p.valid_from)


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier."""
    return months_before(on, 12 * years)


def months_before(on: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
