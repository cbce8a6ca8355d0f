"""Who stands in for whom, in the week of the office and in its menu (R-20.2, R-20.9)."""

from datetime import date

from django.db.models import QuerySet

from astcoord.core import week
from astcoord.core.roles import OFFICE
from astcoord.core.week import Daily
from astcoord.ui import navigation
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_office


def register() -> None:
    """The entry in the menu, and the days on the first page."""
    week.register_days(STANDING_IN)
    hint = "Who stands in for somebody of the office, and until when"
    for role in OFFICE:
        navigation.register(role, "Deputies", "staff:deputies", order=81, hint=hint, group=navigation.OFFICE)


def _between(user: User, first: date, last: date) -> QuerySet[RoleAssignment]:
    found = RoleAssignment.objects.deputies().filter(starts_on__lte=last, ends_on__gte=first)
    return found if is_office(user) else found.none()


STANDING_IN = Daily(
    words="{ast} stands in for {school}",
    many="deputies",
    what="deputies",
    rows=_between,
    page="staff:deputies",
    key="",
    ast="user__name",
    school="stands_in_for__name",
    on="starts_on",
    until="ends_on",
)
"""On each day on which somebody does; never so many that the first of a day would not hold them."""
