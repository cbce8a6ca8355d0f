"""When a school was supported, and with how many days a year, on its own page (R-20.6)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Sum

from astcoord.core.roles import AUTHORITY
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say
from astcoord.ui import about
from astcoord.ui.about import Card
from placements.days.models import LedgerEntry
from placements.placement.models import Placement
from schools.register.models import School
from schools.succession.models import Succession
from staff.accounts.models import User
from staff.accounts.permissions import heads

YEARS = 5
"""School years on the page, the newest first."""


def register() -> None:
    about.register_cards(School, _cards_of_school, order=40)


def _cards_of_school(school: Any, user: User) -> Iterator[Card]:
    """Days delivered by school year; expects a school that came `with_last_support`. One query."""
    if not (user.has_role(*AUTHORITY) or heads(user, school.pk)):
        return
    there = Placement.objects.visible_to(user).filter(Succession.objects.of_line("host", school.pk))
    given = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.DELIVERY, placement__in=there.order_by().values("pk"))
    sums = given.order_by("-year__starts_on").values_list("year__slug").annotate(all=Sum("days"))[:YEARS]
    last = school.last_support
    lines = [(f"Last support: {date_words(last)}", "", "")] if last else []
    lines += [(f"{slug.replace('-', '/')}: {days_words(days)}", "", "") for slug, days in sums if days]
    empty = say("No outreach day has been written up here. Days that are planned do not count.")
    yield Card("Support", tuple(lines), empty=empty)
