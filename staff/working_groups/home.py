"""What working groups want on the first page (R-3.15)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.working_groups.lifecycle import ActionState
from staff.working_groups.models import GroupAction


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=68)


def tasks(user: User, today: date) -> Iterator[Task]:
    """An AST what is the own to do, the office how much is overdue. One query each."""
    if user.has_role(Role.AST):
        mine = GroupAction.objects.to_do().filter(owner__user=user).select_related("group")
        for action in mine:
            yield Task(f"{action.group}: {action}", action.get_absolute_url(), due=action.due_on)
    if user.has_role(*OFFICE) and (late := GroupAction.objects.overdue(today).count()):
        url = f"{reverse('staff:group_actions')}?state={ActionState.OVERDUE}"
        yield Task("Overdue actions of working groups", url, count=late)
