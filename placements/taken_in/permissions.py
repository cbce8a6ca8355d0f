"""Who enters what was agreed before this system, and who reads the signed paper (R-17.4)."""

from placements.placement.models import Placement
from placements.placement.permissions import can_see_names
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office


def can_take_in(user: User) -> bool:
    """The co-ordinator, who stands for the contract."""
    return is_coordinator(user)


def can_keep_paper(user: User, placement: Placement) -> bool:
    """The office attaches the paper, and takes it away."""
    return is_office(user) and placement.taken_in_on is not None


def reads_paper(user: User, placement: Placement) -> bool:
    """A scan may name the people supported, so that only those read it who may know their names (section G)."""
    return can_see_names(user, placement)
