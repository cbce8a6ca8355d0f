"""Who keeps the calendar and the register of schools (section G, first row)."""

from typing import Any

from astcoord.core.roles import OFFICE


def can_edit(user: Any) -> bool:
    """Statuses, contacts, the calendar and the register: the co-ordinator's office (R-1.1, R-1.2)."""
    return bool(user.role_set & OFFICE)
