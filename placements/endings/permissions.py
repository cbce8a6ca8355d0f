"""Who ends a placement, and who takes an end back (R-8.14, requirements E)."""

from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator


def can_end_early(user: User, placement: Placement) -> bool:
    """Either party alone; the co-ordinator may record it for them (R-8.14)."""
    return is_host_head(user, placement) or is_ast_of(user, placement) or is_coordinator(user)


def can_settle(user: User, placement: Placement) -> bool:
    """Open the final evaluation, complete, close, undo: the co-ordinator (requirements E)."""
    return is_coordinator(user)
