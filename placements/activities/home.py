"""Inreach that waits for the co-ordinator (R-4.8)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from placements.activities.lifecycle import InreachStatus
from placements.activities.models import InreachAgreement
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=45)


def tasks(user: User, today: date) -> Iterator[Task]:
    """One query."""
    if not user.has_role(Role.COORDINATOR):
        return
    for each in InreachAgreement.objects.filter(status=InreachStatus.ASKED).select_related("post__user"):
        words = f"Agree to inreach, or refuse it: {each.post.name}"
        yield Task(words, each.get_absolute_url(), due=max(each.starts_on, today))
