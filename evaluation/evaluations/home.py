"""What evaluations ask of people on their first page, and where they stand in the menu."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Panel, Task
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.wording import plural
from astcoord.core.words import say
from astcoord.ui import navigation
from astcoord.ui.navigation import REQUESTS
from evaluation.evaluations.lifecycle import AskedOf
from evaluation.evaluations.models import Evaluation
from placements.overview.home import placements_of
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, panels=panels, order=32)
    for role in AUTHORITY:
        hint = "Of how many forms reaction, learning, behaviour and results are evidenced"
        navigation.register(role, "Evaluation by level", "evaluation:levels", 54, hint=hint, setting="on_levels")
    for role in (*OFFICE, Role.CONSULTANT, Role.AST, Role.HEADTEACHER):
        hint = say("Every form about an AST’s support, asked, handed in and overdue")
        navigation.register(
            role, "Evaluations", "evaluation:evaluations", 53, hint=hint, group=REQUESTS, under=placements_of(role)
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """The form that waits for this person; one query for each role."""
    asked = Evaluation.objects.asked(today)
    if user.has_role(Role.HEADTEACHER):
        hosted = asked.filter(asked_of=AskedOf.HOST_HEAD, placement__host__in=user.schools_as(Role.HEADTEACHER))
        yield from _task(
            hosted, say("Fill in your evaluation of the AST’s support"), "evaluation_write", plural_of="asked"
        )
    if user.has_role(Role.AST):
        mine = asked.filter(asked_of=AskedOf.AST, placement__post__user=user)
        yield from _task(mine, "Write the joint part of the evaluation", "evaluation_write", plural_of="asked")
    if user.has_role(Role.COORDINATOR):
        own = Evaluation.objects.to_conclude(today)
        yield from _task(own, "Conclude the final evaluation", "evaluation_conclude", plural_of="conclude")
        handed_in = Evaluation.objects.handed_in()
        yield from _task(handed_in, "Accept or return evaluation forms", "evaluation_decide", plural_of="submitted")


def panels(user: User, today: date) -> Iterator[Panel]:
    """For the office: how many forms are late; one query."""
    if not user.has_role(*OFFICE):
        return
    late = Evaluation.objects.late(today).count()
    words = f"{plural(late, 'form')} overdue for more than a fortnight"
    url = f"{reverse('evaluation:evaluations')}?late=on"
    yield Panel("Evaluations", stats=((late, words, url, "red" if late else ""),))


def _task(rows: QuerySet[Any], title: str, page: str, *, plural_of: str) -> Iterator[Task]:
    """One task for all of them: the one form's own page, or the list where there are several."""
    found = rows.order_by().aggregate(count=Count("pk"), first=Min("due_on"), only=Min("pk"))
    if count := found["count"]:
        several = f"{reverse('evaluation:evaluations')}?{STATUSES[plural_of]}"
        url = reverse(f"evaluation:{page}", args=[found["only"]]) if count == 1 else several
        yield Task(title, url, due=found["first"], count=count)


ASKED = "status=due&status=draft&status=returned"
STATUSES = {"asked": ASKED, "submitted": "status=submitted", "conclude": f"{ASKED}&asked_of={AskedOf.COORDINATOR}"}
