"""What of inductions hangs on accounts that become one (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.inductions.models import InductionMeeting


def merged(event: Merging) -> Iterator[Hanging]:
    """Meetings that the account led. One query."""
    for meeting in InductionMeeting.objects.filter(led_by=event.other).whole():
        yield Hanging(f"{meeting}: {meeting.post.name}", "Goes over, with who led it")


def carry_merged(event: Merging, by: User | None) -> None:
    """The account that goes on led them."""
    event.move(InductionMeeting.objects.filter(led_by=event.other), "led_by")
