"""A calendar address of an account that is merged into another one (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.feeds.models import CalendarFeed


def merged(event: Merging) -> Iterator[Hanging]:
    """One query."""
    if CalendarFeed.objects.filter(user=event.other, is_open=True).exists():
        yield Hanging("Address of the account that closes", "Closed: the other account has one of its own")


def carry_merged(event: Merging, by: User | None) -> None:
    CalendarFeed.objects.filter(user=event.other).update(is_open=False)
