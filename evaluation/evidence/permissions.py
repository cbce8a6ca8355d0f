"""Who attaches evidence and takes it away (section G: the AST; the host headteacher and the office read)."""

from evaluation.evidence.models import Evidence
from placements.placement.lifecycle import PLACEMENT_OVER, PLACEMENT_UNDER_WAY, PlacementStatus
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head, is_of_group
from staff.accounts.models import User
from staff.accounts.permissions import is_office

TAKES_EVIDENCE = PLACEMENT_UNDER_WAY | set(PLACEMENT_OVER) - {PlacementStatus.CLOSED}
"""From the first day until the placement is closed: evaluations and return visits still bring some."""


def reads_evidence(user: User, placement: Placement) -> bool:
    """Agrees with `visible_to`."""
    group = is_of_group(user, placement)
    return is_office(user) or is_host_head(user, placement) or is_ast_of(user, placement) or group


def can_attach(user: User, placement: Placement) -> bool:
    """The placement's AST, while it runs and until it is closed."""
    return is_ast_of(user, placement) and placement.status in TAKES_EVIDENCE


def can_remove(user: User, evidence: Evidence) -> bool:
    """The AST at any time; the office too, where something shows what it must not."""
    return is_ast_of(user, evidence.placement) or is_office(user)
