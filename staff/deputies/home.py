"""Who stands in for whom, in the week of the office and in its menu (R-20.2, R-20.9)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from astcoord.core import week
from astcoord.core.roles import OFFICE
from astcoord.core.week import Happening
from astcoord.ui import navigation
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_office


def register() -> None:
    """The entry in the menu, and the days on the first page."""
    week.register_days(days)
    hint = "Who stands in for somebody of the office, and until when"
    for role in OFFICE:
        navigation.register(role, "Deputies", "staff:deputies", order=81, hint=hint, group=navigation.OFFICE)


def days(user: User, first: date, last: date) -> Iterator[Happening]:
    """Each day on which somebody stands in. One query."""
    if not is_office(user):
        return
    found = RoleAssignment.objects.deputies().filter(starts_on__lte=last, ends_on__gte=first)
    for row in found.select_related("user", "stands_in_for").order_by("starts_on", "pk"):
        words = f"{row.user} stands in for {row.stands_in_for}"
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            if row.has_begun(day) and not row.is_over(day):
                yield Happening(day, words, reverse("staff:deputies"))
