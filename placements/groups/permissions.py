"""Who keeps groups and records what they decide (R-7.6); agrees with `visible_to`."""

from typing import Any

from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator


def can_keep(user: User, row: Any = None) -> bool:
    """The co-ordinator plans meetings and records decisions; the administrator and the group's consultant read them."""
    return is_coordinator(user)
