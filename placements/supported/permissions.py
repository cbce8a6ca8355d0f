"""Who looks after the people supported (R-6.11)."""

from placements.placement.models import Placement
from placements.placement.permissions import is_host_head
from staff.accounts.models import User
from staff.accounts.permissions import is_office


def can_look_after_people(user: User, placement: Placement) -> bool:
    """Sends links to the people supported and enters what came on paper: the host head, and the office (R-6.11)."""
    return is_host_head(user, placement) or is_office(user)
