"""Figures that wait for a decision, and where results stand in the menu (R-11.10)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui import navigation
from evaluation.results.models import AttainmentResult
from staff.accounts.models import User
from staff.accounts.permissions import is_office


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=36)
    hint = "Attainment by school, subject, measure and year"
    for role in (*sorted(AUTHORITY), Role.HEADTEACHER, Role.GOVERNOR):
        navigation.register(role, "Results", "evaluation:results", 57, hint=hint)


def tasks(user: User, today: date) -> Iterator[Task]:
    """One query."""
    if not is_office(user):
        return
    found = AttainmentResult.objects.disputed().order_by().aggregate(n=Count("pk"), first=Min("pk"))
    if found["n"]:
        every = f"{reverse('evaluation:results')}?undecided=on"
        hint = "Two figures for the same school, measure and year"
        yield Task("Decide which results count", every, hint=hint, count=found["n"])
