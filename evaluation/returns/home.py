"""What return visits ask of people on their first page, and where they stand in the menu."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse

from astcoord.core import calendars, home, week
from astcoord.core.home import Task
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui import navigation
from astcoord.ui.navigation import REQUESTS
from evaluation.returns import dates
from evaluation.returns.lifecycle import RETURN_TO_COME, ReturnStatus, Side
from evaluation.returns.models import ReturnVisit
from placements.overview.home import placements_of
from placements.placement.lifecycle import PlacementStatus
from placements.week.reads import sources
from schools.register.lifecycle import RegisterStatus
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=36)
    calendars.register(dates.of)
    week.register_days(dates.STRIP)
    sources.register(dates.SOURCE)
    for role in (*OFFICE, Role.CONSULTANT):
        hint = say("When ASTs go back after a placement, and what remains of the work")
        navigation.register(
            role, "Return visits", "evaluation:return_visits", 54, hint=hint, group=REQUESTS, under=placements_of(role)
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """A day to propose or to agree to, a report to write, one to accept, a visit that the school's end prevents."""
    visits = ReturnVisit.objects
    if user.has_role(Role.AST):
        mine = visits.filter(placement__post__user=user)
        yield from _days(mine, Side.AST, today)
        done = Q(status=ReturnStatus.DONE) | Q(status=ReturnStatus.DATED, visit_on__lte=today)
        yield from _task(mine.filter(done), "Report the return visit", "return_report", due="visit_on")
    if user.has_role(Role.HEADTEACHER):
        hosted = visits.filter(placement__host__in=user.schools_as(Role.HEADTEACHER))
        yield from _days(hosted, Side.HOST, today)
    if user.has_role(Role.COORDINATOR):
        reported = visits.filter(status=ReturnStatus.REPORTED)
        yield from _task(reported, "Accept the report of the return visit", "return_decide")
        asked = visits.exclude(asked_by="").filter(status__in=[*RETURN_TO_COME, ReturnStatus.CANCELLED])
        asked = asked.exclude(placement__status=PlacementStatus.CLOSED)
        yield from _task(asked, "Answer what is asked about a return visit", "return_visit")
        closed = visits.filter(status__in=RETURN_TO_COME, placement__host__status=RegisterStatus.CLOSED)
        yield from _task(closed, "Cancel the return visit: the host school has closed", "return_decide")


def _days(visits: QuerySet[ReturnVisit], side: str, today: date) -> Iterator[Task]:
    """Of visits whose school is open: there is nothing to agree with one that has closed."""
    here = visits.filter(status=ReturnStatus.SCHEDULED).exclude(placement__host__status=RegisterStatus.CLOSED)
    asked = here.exclude(proposed_by__in=["", side])
    yield from _task(asked, "Agree the day of the return visit", "return_visit")
    yield from _task(
        here.filter(proposed_by="", opens_on__lte=today), "Choose a day for the return visit", "return_day"
    )


def _task(visits: QuerySet[Any], title: str, page: str, *, due: str = "due_on") -> Iterator[Task]:
    found = visits.order_by().aggregate(count=Count("pk"), first=Min(due), only=Min("pk"))
    if count := found["count"]:
        one = reverse(f"evaluation:{page}", args=[found["only"]])
        yield Task(title, one if count == 1 else reverse("evaluation:return_visits"), due=found["first"], count=count)
