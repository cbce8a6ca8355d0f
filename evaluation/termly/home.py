"""The termly meeting in the week of the office (R-20.2, R-20.8)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import week
from astcoord.core.week import Happening
from evaluation.termly.models import TermlyMeeting
from staff.accounts.models import User
from staff.accounts.permissions import is_office


def register() -> None:
    """What this room puts on the first page."""
    week.register_days(days)


def days(user: User, first: date, last: date) -> Iterator[Happening]:
    """One query."""
    if is_office(user):
        for meeting in TermlyMeeting.objects.filter(on__range=(first, last)).order_by("on"):
            yield Happening(meeting.on, "Termly meeting", meeting.get_absolute_url())
