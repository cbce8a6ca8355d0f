"""One of two ASTs hears what the other has asked, answered, booked or cancelled (R-3.14).

Neither what is looked at nor any notes stand in a message: they are for the two alone, and the office reads what could
not be sent.
"""

from dataclasses import replace

from astcoord.core import emails, outbox
from astcoord.core.emails import Reader
from staff.accounts.models import User
from staff.peers import dates
from staff.peers.models import PeerObservation

ROOM = "staff/peers/emails"


def proposed(row: PeerObservation, *, by: User) -> None:
    """To the one who is asked."""
    _tell("peers-proposed", row, "", by)


def answered(row: PeerObservation, *, by: User) -> None:
    """Yes or no, to the one who has asked."""
    _tell("peers-answered", row, "", by)


def booked(row: PeerObservation, *, by: User, version: int) -> None:
    """The day, or another one."""
    outbox.cancel_about(row, kind="peers-booked")
    _tell("peers-booked", row, f"{version}", by)


def cancelled(row: PeerObservation, *, to: User) -> None:
    """It does not take place; what has not gone of it does not go."""
    outbox.cancel_about(row)
    _send("peers-cancelled", row, "", to)


def _tell(kind: str, row: PeerObservation, which: str, by: User) -> None:
    _send(kind, row, which, row.other_than(by))


def _send(kind: str, row: PeerObservation, which: str, to: User) -> None:
    day = [replace(dates.entry(row, to=to), cancelled=kind == "peers-cancelled")] if row.on else []
    emails.send(
        f"{ROOM}/{kind}.txt",
        to=Reader.of(to),
        key=f"{kind}:{row.pk}:{which}",
        about=row,
        peers=row,
        other=row.other_than(to),
        calendar=day,
    )
