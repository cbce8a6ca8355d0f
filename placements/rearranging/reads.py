"""What would become of days that move together (R-20.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from astcoord.core.problems import blocking
from placements.days.models import OutreachDay
from placements.days.querysets import DayQuerySet
from placements.days.reads.days import day_book
from placements.days.rules.time import DayUse
from placements.placement.models import Placement
from schools.calendar import reads as calendar


@dataclass(frozen=True)
class Proposed:
    """A day and where it would go; `clash` says why it cannot."""

    day: OutreachDay
    on: date
    clash: str = ""


def to_come(placement: Placement, today: date) -> DayQuerySet:
    """The days that may still be moved or called off, in order."""
    mine = OutreachDay.objects.to_come(today).filter(placement=placement)
    return mine.select_related("placement__post__user", "placement__host").order_by("on", "pk")


def proposed(
    placement: Placement, days: Sequence[OutreachDay], *, weekday: int, weeks: int, today: date
) -> list[Proposed]:
    """Each day on another weekday, so many weeks later, judged as if the ones before it had moved. One day book."""
    dates = [calendar.monday(day.on) + timedelta(weeks=weeks, days=weekday) for day in days]
    if not dates:
        return []
    book = day_book(placement, min(*dates, *(day.on for day in days)), max(*dates, *(day.on for day in days)))
    for day in days:
        book.take_out(DayUse(day.on, day.days))
    found = []
    for day, on in zip(days, dates, strict=True):
        use = DayUse(on, day.days)
        if on == day.on:
            found.append(Proposed(day, on, "It is on that date already."))
        elif on < today:
            found.append(Proposed(day, on, "That date has passed."))
        elif problems := blocking(book.problems(use)):
            found.append(Proposed(day, on, problems[0].message))
        else:
            found.append(Proposed(day, on))
        book.add(DayUse(day.on, day.days) if found[-1].clash else use)
    return found
