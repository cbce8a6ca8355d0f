"""What a deputy is told after the invitation (R-20.9)."""

from astcoord.core import emails
from astcoord.core.emails import Reader
from staff.accounts.models import RoleAssignment

ROOM = "staff/deputies/emails"


def changed(deputy: RoleAssignment, *, number: int, ended: bool = False) -> None:
    """The days are others, or it has ended. `number` makes it one of many."""
    emails.send(
        f"{ROOM}/deputy-changed.txt",
        to=Reader.of(deputy.user),
        key=f"deputy-changed:{number}",
        about=deputy.user,
        deputy=deputy,
        ended=ended,
    )
