"""Who must say yes or no to another share of time (N16)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import OFFICE, Role
from astcoord.ui import navigation
from placements.variations.models import TimeVariation
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=35)
    for role in OFFICE:
        navigation.register(
            role, "Shares of time", "placements:variation_list", order=55, hint="Exceptions from the usual share"
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """One query: those that wait for this person."""
    heads, office = user.schools_as(Role.HEADTEACHER), user.has_role(Role.COORDINATOR)
    if not (heads or office):
        return
    waiting = TimeVariation.objects.waiting().select_related("post__user").order_by("starts_on")
    for each in waiting:
        mine = (office and each.office_by_id is None) or (each.home_by_id is None and each.post.home_id in heads)
        if mine:
            words = f"Agree to another share of time, or refuse it: {each.post.name}"
            yield Task(words, each.get_absolute_url(), due=max(each.starts_on, today), hint=f"{each.percent} asked for")
