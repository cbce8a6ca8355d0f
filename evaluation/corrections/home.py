"""Corrections that wait for the co-ordinator, and where the list of them stands."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import date_words
from astcoord.ui import navigation
from astcoord.ui.navigation import REQUESTS
from evaluation.corrections.lifecycle import Outcome
from evaluation.corrections.models import Correction
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=30)
    hint = "Changes of diary entries whose term is closed: what was asked for, and what became of it"
    for role in (*OFFICE, Role.AST):
        navigation.register(role, "Corrections of the diary", "evaluation:corrections", 74, hint=hint, group=REQUESTS)


def tasks(user: User, today: date) -> Iterator[Task]:
    """One query."""
    if not user.has_role(Role.COORDINATOR):
        return
    found = Correction.objects.waiting().order_by().aggregate(n=Count("pk"), first=Min("asked_at"), any=Min("pk"))
    if found["n"]:
        only = reverse("evaluation:correction_decide", args=[found["any"]])
        every = f"{reverse('evaluation:corrections')}?outcome={Outcome.OPEN}"
        hint = f"The first was asked for on {date_words(found['first'].date())}"
        yield Task("Answer corrections of the diary", only if found["n"] == 1 else every, hint=hint, count=found["n"])
