"""The termly meeting in the week of the office (R-20.2, R-20.8)."""

from datetime import date

from django.db.models import QuerySet

from astcoord.core import calendars, week
from astcoord.core.week import Daily
from evaluation.termly import dates
from evaluation.termly.models import TermlyMeeting
from staff.accounts.models import User
from staff.accounts.permissions import is_office


def register() -> None:
    """What this room puts on the first page."""
    week.register_days(MEETINGS)
    calendars.register(dates.of)


def _between(user: User, first: date, last: date) -> QuerySet[TermlyMeeting]:
    found = TermlyMeeting.objects.filter(on__range=(first, last))
    return found if is_office(user) else found.none()


MEETINGS = Daily(
    words="Termly meeting",
    many="termly meetings",
    what="termly",
    rows=_between,
    page="evaluation:termly_meeting",
)
"""No more than one a day, so that the week of visits need not know them."""
