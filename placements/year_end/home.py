"""A school year that waits to be opened."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from placements.year_end import reads
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=65)


def tasks(user: User, today: date) -> Iterator[Task]:
    """From May until somebody has done it; in an authority's first year there is nothing to carry over."""
    if user.has_role(Role.COORDINATOR) and (slug := reads.waiting(today)):
        title = f"Open the school year {slug.replace('-', '/')}"
        yield Task(
            title, reverse("placements:open_year"), hint=say("Terms, budgets, priorities, placements over the summer")
        )
