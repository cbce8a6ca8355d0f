"""What of working groups hangs on an AST’s post that ends (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from staff.posts.events import LEAVING, Leaving
from staff.working_groups.models import GroupAction


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("Working groups", of_leaving, order=78)


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Actions that nobody would do. One query."""
    for action in GroupAction.objects.to_do().filter(owner=event.post).select_related("group"):
        yield Hanging(f"{action.group}: {action}", "Give it to somebody else", action.get_absolute_url())
