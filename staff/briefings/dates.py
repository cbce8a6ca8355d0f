"""Briefing sessions in people's own calendars (R-18.3): of whoever has a place, or waits for one."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import calendars
from astcoord.core.calendars import Entry
from staff.accounts.models import User
from staff.briefings.lifecycle import BookingStatus
from staff.briefings.models import Booking, Briefing


def of(user: User, today: date) -> Iterator[Entry]:
    """Where this person's address is booked, whoever booked it. One query."""
    rows = Booking.objects.open().filter(email__iexact=user.email, briefing__on__gte=today - calendars.BACK)
    for booking in rows.select_related("briefing").order_by("briefing__on", "pk"):
        yield entry(booking.briefing, sure=booking.status == BookingStatus.BOOKED)


def entry(briefing: Briefing, *, sure: bool = True) -> Entry:
    """The day of a session; one that is cancelled leaves the calendar again. Not sure: on the waiting list."""
    return Entry(
        about=briefing,
        on=briefing.on,
        title=briefing.title,
        place=briefing.place,
        text=briefing.hours,
        path=briefing.get_absolute_url(),
        sure=sure,
        cancelled=briefing.cancelled_on is not None,
    )
