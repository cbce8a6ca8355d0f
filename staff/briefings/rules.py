"""What a briefing session needs, and who gets a place at it (R-2.21). Pure."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem

if TYPE_CHECKING:
    from staff.briefings.models import Booking, Briefing

FAR = 2 * 366
"""Days ahead beyond which a session is a slip of the pen."""


def session_problems(row: "Briefing", *, taken: int, today: date) -> list[Problem]:
    """A day to come, a place, and no fewer places than are taken."""
    found = []
    if row.on < today:
        found.append(Problem("The day of the session must be today or later", "on", "R-2.21", "past"))
    elif (row.on - today).days > FAR:
        found.append(Problem("The day of the session is far from today. Check the year.", "on", "R-2.21", "far"))
    if not row.place.strip():
        found.append(Problem("Enter where the session is", "place", "R-2.21", "missing"))
    if row.places < 1:
        found.append(Problem("Enter how many places there are, 1 or more", "places", "R-2.21", "places"))
    elif row.places < taken:
        words = f"{taken} places are booked already. Enter that number or more."
        found.append(Problem(words, "places", "R-2.21", "places"))
    return found


def booking_problems(
    row: "Briefing", others: Iterable["Booking"], *, name: str, email: str, today: date
) -> list[Problem]:
    """The session is to come and not cancelled; a name, an address, and nobody twice."""
    if row.cancelled_on is not None:
        return [Problem("This session is cancelled", "", "R-2.21", "cancelled")]
    if row.on < today:
        return [Problem("This session is over", "", "R-2.21", "past")]
    found = []
    if not name.strip():
        found.append(Problem("Enter the name of whoever comes", "name", "R-2.21", "missing"))
    if any(other.email.casefold() == email.strip().casefold() for other in others):
        words = "Somebody with this address has a place or waits for one already"
        found.append(Problem(words, "email", "R-2.21", "twice"))
    return found
