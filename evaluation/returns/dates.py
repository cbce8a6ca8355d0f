"""Return visits in people's own calendars (R-18.3): the AST's and the host school's, and at home the cover; in the
office's week (R-20.2) and in the week of visits (R-20.5)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from astcoord.core import calendars
from astcoord.core.calendars import Entry
from astcoord.core.roles import OFFICE, Role
from astcoord.core.week import Daily
from astcoord.core.wording import days_words
from astcoord.core.words import say
from astcoord.ui import status
from evaluation.returns.lifecycle import ReturnStatus
from evaluation.returns.models import ReturnVisit
from placements.week.reads.chosen import Chosen
from placements.week.reads.sources import Line, Source, visit_line, with_placement
from staff.accounts.models import User


def of(user: User, today: date) -> Iterator[Entry]:
    """Where the AST goes back, who comes back to a head's school, and when a head's own AST is away. One query."""
    schools = user.schools_as(Role.HEADTEACHER)
    mine = Q(placement__post__user=user) if user.has_role(Role.AST) else Q(pk__in=[])
    away = Q(placement__home__in=schools, days__gt=0)
    rows = ReturnVisit.objects.filter(mine | Q(placement__host__in=schools) | away)
    for visit in rows.filter(visit_on__gte=today - calendars.BACK).with_people().order_by("visit_on", "pk"):
        if visit.visit_on is not None:
            ast = visit.placement.post.user_id == user.pk
            yield entry(visit, visit.visit_on, ast=ast, gone=visit.status == ReturnStatus.CANCELLED)


def entry(visit: ReturnVisit, on: date, *, ast: bool, gone: bool = False) -> Entry:
    """The visit on that day, for the AST or for a school; `gone` takes it out again."""
    placement = visit.placement
    return Entry(
        about=visit,
        on=on,
        title=f"Return visit: {placement.host.name if ast else placement.post.user.name}",
        place=placement.host.name,
        text=f"{say('Placement')} {placement.reference}.",
        path=visit.get_absolute_url(),
        sure=visit.status != ReturnStatus.SCHEDULED,
        cancelled=gone,
        busy=ast,
    )


V = ReturnStatus
AGREED = [V.DATED, V.DONE, V.REPORTED, V.CLOSED]
"""With a day that both sides have agreed: one that is only proposed is no visit yet."""


def _agreed(user: User, first: date, last: date) -> QuerySet[ReturnVisit]:
    return ReturnVisit.objects.visible_to(user).filter(status__in=AGREED, visit_on__range=(first, last))


def _of_office(user: User, first: date, last: date) -> QuerySet[ReturnVisit]:
    found = _agreed(user, first, last)
    return found if user.role_set & OFFICE else found.none()


STRIP = Daily(
    words="Return visit: {ast} at {school}",
    many="return visits",
    what="returns",
    rows=_of_office,
    page="evaluation:return_visit",
    ast="placement__post__user__name",
    school="placement__host__name",
    on="visit_on",
)


def _rows(user: User, first: date, last: date, chosen: Chosen) -> QuerySet[Any]:
    return chosen.of_placements(_agreed(user, first, last), "placement__")


def _line(user: User, visit: ReturnVisit, on: date, today: date) -> Line:
    return visit_line(
        user,
        visit.placement,
        on,
        "Return visit",
        length=days_words(visit.days) if visit.days else "",
        state=status.words(visit),
        colour=status.colour(visit),
        url=visit.get_absolute_url(),
    )


SOURCE = Source(
    STRIP.what, "Return visits", _rows, with_placement, _line, on="visit_on", ast="placement__post__user__name"
)
