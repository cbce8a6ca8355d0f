"""What statements on training want of headteachers and of the office on the first page (R-1.8)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui import navigation
from evaluation.training.permissions import MISSING
from evaluation.training.reads import TITLE, due_of, missing
from schools.calendar.reads import year_on
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=67)
    hint = say("Which employing schools have not said how their training plan meets their ASTs’ needs")
    for role in MISSING:
        navigation.register(role, TITLE, "evaluation:training_missing", order=76, hint=hint, group=navigation.ASTS)


def tasks(user: User, today: date) -> Iterator[Task]:
    """A head until it is stated; the office once it is late. Three queries."""
    schools = user.schools_as(Role.HEADTEACHER)
    if not schools and not user.has_role(*OFFICE):
        return
    year = year_on(today)
    if year is None:
        return
    due, wanting = due_of(year), missing(year, today)
    for school in wanting:
        if school.pk in schools:
            words = f"Say how the training plan of {school.name} meets the needs of {say('its ASTs')}"
            yield Task(words, reverse("evaluation:training_statement_add"), due=due)
    if user.has_role(*OFFICE) and wanting and today > due:
        yield Task(TITLE, reverse("evaluation:training_missing"), count=len(wanting), due=due)
