"""Outreach days in people's own calendars (R-18.3, R-18.4): the AST's, the host school's, and at home the cover."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.urls import reverse

from astcoord.core import calendars
from astcoord.core.calendars import Entry
from astcoord.core.roles import Role
from astcoord.core.wording import days_words
from astcoord.core.words import say
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from staff.accounts.models import User


def of(user: User, today: date) -> Iterator[Entry]:
    """The AST's own days, those at a head's school, and those on which a head's own AST is away. One query."""
    schools = user.schools_as(Role.HEADTEACHER)
    mine = Q(placement__post__user=user) if user.has_role(Role.AST) else Q(pk__in=[])
    rows = OutreachDay.objects.filter(mine | Q(placement__host__in=schools) | Q(placement__home__in=schools))
    rows = rows.filter(on__gte=today - calendars.BACK)
    for day in rows.select_related("placement__post__user", "placement__host", "placement__home").order_by("on", "pk"):
        if day.placement.post.user_id == user.pk:
            yield for_ast(day)
        elif day.placement.host_id in schools:
            yield for_host(day)
        else:
            yield for_home(day)


def for_ast(day: OutreachDay) -> Entry:
    """Where the AST is that day, with the address to drive to."""
    entry = _entry(day, f"Outreach: {day.placement.host.name}", busy=True)
    if day.venue == OutreachDay.Venue.HOME:
        return entry
    return replace(entry, place=", ".join([entry.place, *day.placement.host.address_lines]))


def for_host(day: OutreachDay) -> Entry:
    """Who comes to the school, or whom its staff visit; also for the people supported."""
    return _entry(day, f"{say('AST')}: {day.placement.post.user.name}", busy=False)


def for_home(day: OutreachDay) -> Entry:
    """On which day cover is needed: nothing of what is done at the host school."""
    name = day.placement.post.user.name
    at_home = day.venue == OutreachDay.Venue.HOME
    title = f"{name}: visit from {day.placement.host.name}" if at_home else f"{name} away: cover"
    return _entry(day, title, busy=False)


def _entry(day: OutreachDay, title: str, *, busy: bool) -> Entry:
    school = day.placement.home if day.venue == OutreachDay.Venue.HOME else day.placement.host
    return Entry(
        about=day,
        on=day.on,
        title=title if day.days == 1 else f"{title} ({days_words(day.days)})",
        place=school.name,
        text=f"{say('Placement')} {day.placement.reference}. {'Whole day' if day.days == 1 else days_words(day.days)}.",
        path=reverse("placements:day_parts", args=[day.pk]),
        sure=day.status != DayStatus.PLANNED,
        cancelled=day.status == DayStatus.CANCELLED,
        busy=busy,
    )
