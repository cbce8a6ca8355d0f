"""Texts about one placement for readers who may not know supported staff by name (section G)."""

from collections.abc import Callable

from astcoord.core import shown
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names
from staff.accounts.models import User

Redactor = Callable[[str], str]


def redactor(user: User, placement: Placement) -> Redactor:
    """`shown.teller`, without a query for those who may know them."""
    return str if can_see_names(user, placement) else shown.teller(user, placement)
