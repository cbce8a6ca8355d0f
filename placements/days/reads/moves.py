"""Where days that cannot be held could go instead (R-20.4)."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from placements.days.models import OutreachDay
from placements.days.reads.days import day_book
from placements.days.rules.time import DayUse
from schools.calendar import reads as calendar

OFFERED = 6
"""Dates that are offered for a day at most."""
AHEAD = timedelta(weeks=16)
"""How far ahead they are looked for."""


def dates_from(days: Iterable[OutreachDay], first: date) -> dict[int, list[date]]:
    """For each day (id) the next dates from `first` on the same weekday, within the contract, the cap and the calendar.

    Several days may be offered the same date: whoever moves a second one there is told. The queries of one day book
    for each placement.
    """
    found: dict[int, list[date]] = {}
    for placement, mine in groupby(sorted(days, key=lambda day: (day.placement_id, day.on)), lambda day: day.placement):
        last = min(placement.ends_on or date.max, first + AHEAD)
        if last < first:
            continue
        book = day_book(placement, first, last)
        for day in mine:
            dates = [on for on in calendar.days(first, last) if on.weekday() == day.on.weekday()]
            found[day.pk] = [on for on in dates if book.fits(DayUse(on, day.days))][:OFFERED]
    return found
