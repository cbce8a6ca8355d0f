"""N22: who hears of a place at a briefing session. To whoever comes, and to the head who booked it."""

from astcoord.core import emails, outbox
from astcoord.core.emails import Reader
from staff.briefings.dates import entry
from staff.briefings.lifecycle import BookingStatus
from staff.briefings.models import Booking, Briefing

ROOM = "staff/briefings/emails"


def booked(booking: Booking) -> None:
    """A place, or a turn on the waiting list."""
    _tell("briefing-booked", booking, f"{booking.status}")


def place_came_free(booking: Booking) -> None:
    """The first on the waiting list has a place now."""
    _tell("briefing-place", booking, "")


def moved(briefing: Briefing, *, version: int) -> None:
    """Another day, time or place, to all who come or wait."""
    for booking in briefing.bookings.open().select_related("booked_by", "school"):
        _tell("briefing-moved", booking, f"{version}")


def cancelled(briefing: Briefing) -> None:
    """It does not take place; what has not gone of it does not go."""
    outbox.cancel_about(briefing, kind="briefing-moved")
    for booking in briefing.bookings.open().select_related("booked_by", "school"):
        _tell("briefing-cancelled", booking, "")


def _tell(kind: str, booking: Booking, which: str) -> None:
    briefing = booking.briefing
    who = Reader(booking.name, booking.email, key=f"place:{booking.pk}")
    for reader in {each.email.casefold(): each for each in (Reader.of(booking.booked_by), who)}.values():
        emails.send(
            f"{ROOM}/{kind}.txt",
            to=reader,
            key=f"{kind}:{booking.pk}:{which}:{reader.key}",
            about=briefing,
            briefing=briefing,
            booking=booking,
            calendar=[entry(briefing, sure=booking.status == BookingStatus.BOOKED)] if reader is who else [],
        )
