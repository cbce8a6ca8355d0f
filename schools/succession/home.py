"""What schools that closed ask of the co-ordinator."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from schools.succession.reads import current_of, unsettled_schools

ONE_BY_ONE = 3
"""So many are named on the first page; more stand on their own."""


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=40)


def tasks(user: Any, today: date) -> Iterator[Task]:
    """Schools that closed while something hangs on them. Two queries, none for others than the co-ordinator."""
    if not user.has_role(Role.COORDINATOR):
        return
    schools = list(unsettled_schools(today))
    if len(schools) > ONE_BY_ONE:
        yield Task("Schools that closed: say what follows", reverse("schools:closed"), count=len(schools))
        return
    said = {row.school_id for row in current_of(schools)} if schools else set()
    for school in schools:
        closed = f"The school closed on {date_words(school.closed_on)}" if school.closed_on else "The school has closed"
        rest = "something of it is still to be decided" if school.pk in said else "say what follows"
        yield Task(f"{school.name}: {rest}", reverse("schools:follows", args=[school.urn]), hint=closed)
