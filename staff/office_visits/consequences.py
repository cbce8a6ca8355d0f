"""What of the co-ordinator’s visits hangs on accounts that become one (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.office_visits.models import OfficeVisit


def merged(event: Merging) -> Iterator[Hanging]:
    """Visits that the account made. One query."""
    for visit in OfficeVisit.objects.filter(visitor=event.other).select_related("school"):
        yield Hanging(f"Visit: {visit}", "Goes over, with who made it")


def carry_merged(event: Merging, by: User | None) -> None:
    """The account that goes on made them."""
    event.move(OfficeVisit.objects.filter(visitor=event.other), "visitor")
