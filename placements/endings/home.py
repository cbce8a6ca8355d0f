"""What the end of placements asks of the co-ordinator on the first page."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from placements.placement.models import Placement
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=24)


def tasks(user: User, today: date) -> Iterable[Task]:
    """Placements whose last day has passed and that nobody has ended: a count that leads to the list. One query."""
    if not user.has_role(Role.COORDINATOR):
        return
    if count := Placement.objects.past_last_day(today).count():
        yield Task("Placements past their last day", f"{reverse('placements:placement_list')}?past=on", count=count)
