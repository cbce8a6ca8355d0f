"""Who gives a place at a briefing session back, in agreement with `visible_to` (R-2.21)."""

from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator
from staff.briefings.models import Booking


def can_give_back(user: User, booking: Booking) -> bool:
    """The head of the school, and the co-ordinator."""
    return is_coordinator(user) or heads(user, booking.school_id)
