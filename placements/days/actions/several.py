"""Days called off and moved in one go, also of several placements: one message to each (R-20.4, R-20.5)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from placements.days import emails
from placements.days.actions.days import cancel_days, change_day
from placements.days.models import OutreachDay
from staff.accounts.models import User


@transaction.atomic
def rearrange(
    *, called_off: Iterable[OutreachDay], moved: Mapping[OutreachDay, date], side: str, reason: str, by: User
) -> list[OutreachDay]:
    """All of it or nothing: Refused with the first reason why a date does not do. Each day is recorded singly.

    `side` and `reason` are of those that are called off. Returns all days as they stand now.
    """
    by_placement: dict[int, list[OutreachDay]] = {}
    for day in called_off:
        by_placement.setdefault(day.placement_id, []).append(day)
    gone = [
        day
        for days in by_placement.values()
        for day in cancel_days(days=days, side=side, reason=reason, by=by, tell=False)
    ]
    there: list[tuple[OutreachDay, date]] = []
    for day in _in_order(moved):
        was = day.on
        there.append((change_day(day=day, on=moved[day], days=day.days, venue=day.venue, by=by, tell=False), was))
    emails.rearranged(gone, sorted(there, key=lambda pair: pair[0].on), by=by)
    return [*gone, *(day for day, _ in there)]


def _in_order(moved: Mapping[OutreachDay, date]) -> list[OutreachDay]:
    """Later days make room first where they move to later dates, so that none has to pass another."""
    later = any(on > day.on for day, on in moved.items())
    return sorted(moved, key=lambda day: day.on, reverse=later)
