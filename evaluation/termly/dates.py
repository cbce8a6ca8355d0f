"""The termly meeting in the own calendars of the office (R-18.3, R-20.8)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import calendars
from astcoord.core.calendars import Entry
from evaluation.termly.models import TermlyMeeting
from staff.accounts.models import User
from staff.accounts.permissions import is_office


def of(user: User, today: date) -> Iterator[Entry]:
    """One query, of the office alone."""
    if not is_office(user):
        return
    for meeting in TermlyMeeting.objects.filter(on__gte=today - calendars.BACK).order_by("on"):
        yield Entry(
            about=meeting, on=meeting.on, title="Termly meeting", place=meeting.place, path=meeting.get_absolute_url()
        )
