"""What the list of aspirants wants of the co-ordinator on the first page."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts.models import User
from staff.aspirants.lifecycle import AspirantState
from staff.aspirants.models import Aspirant


def register() -> None:
    """What this room puts on the first page; its list puts itself in the menu."""
    home.register(tasks=tasks, order=62)


def tasks(user: User, today: date) -> Iterator[Task]:
    """Whom heads have put forward. One query."""
    if not user.has_role(Role.COORDINATOR):
        return
    if count := Aspirant.objects.waiting().count():
        url = f"{reverse('staff:aspirants')}?state={AspirantState.WAITING}"
        yield Task(say("Teachers whom heads have put forward as ASTs"), url, count=count)
