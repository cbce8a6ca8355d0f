"""Telling a story that happened: actions run on the day on which they are said to have happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest import mock

from django.utils import timezone

from astcoord.core import delivery
from schools.calendar import reads as calendar


@contextmanager
def on(day: date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Django's clock stands at that hour of `day` for as long as the block runs; only the demonstration does this.

    What was written is posted before the day is over.
    """
    moment = datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield
        delivery.deliver_all()


def school_days_before(today: date, count: int) -> list[date]:
    """The last `count` school days before `today`, oldest first."""
    found: list[date] = []
    day = today
    cal = calendar.between(today - timedelta(days=500), today)
    while len(found) < count and day > today - timedelta(days=490):
        day -= timedelta(days=1)
        if cal.school_day(day):
            found.append(day)
    return found[::-1]
