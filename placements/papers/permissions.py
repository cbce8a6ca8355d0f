"""Who keeps a school’s six papers (R-9.1)."""

from placements.placement.models import Placement
from placements.placement.permissions import is_host_head
from staff.accounts.models import User
from staff.accounts.permissions import is_office


def can_keep_papers(user: User, placement: Placement) -> bool:
    """Uploads the school's papers and takes them away: the host head, and the office for the head (R-9.1)."""
    return is_host_head(user, placement) or is_office(user)
