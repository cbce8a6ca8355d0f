"""What of groups hangs on accounts that become one (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from placements.groups.models import GroupMember
from staff.accounts.events import Merging
from staff.accounts.models import User


def merged(event: Merging) -> Iterator[Hanging]:
    """Seats that name the account. One query."""
    for seat in GroupMember.objects.filter(account=event.other).select_related("group"):
        yield Hanging(f"Seat in {seat.group}: {seat}", "Goes over")


def carry_merged(event: Merging, by: User | None) -> None:
    """The seat names the account that goes on."""
    event.move(GroupMember.objects.filter(account=event.other), "account")
