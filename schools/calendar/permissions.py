"""Who keeps the calendar and the register of schools (section G, first row)."""

from typing import TYPE_CHECKING

from astcoord.core.roles import OFFICE

if TYPE_CHECKING:
    from staff.accounts.models import User


def can_edit(user: "User") -> bool:
    """Statuses, contacts, the calendar and the register: the co-ordinator's office (R-1.1, R-1.2)."""
    return bool(user.role_set & OFFICE)
