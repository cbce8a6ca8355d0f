"""Who writes, reads and agrees a logic model (section G). Agrees with the querysets."""

from evaluation.logic.lifecycle import LogicStatus
from evaluation.logic.models import LogicModel
from placements.placement import permissions
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import policy_of
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office


def can_write(user: User, placement: Placement, newest: LogicModel | None) -> bool:
    """The AST and the office, where the policy asks for one or there is one; the host head changes what is begun.

    Not while it waits for the host head's yes, and not once the placement is closed. `newest` is its newest version.
    """
    if placement.status == PlacementStatus.CLOSED or (newest and newest.status == LogicStatus.SUBMITTED):
        return False
    if permissions.is_ast_of(user, placement) or is_office(user):
        return newest is not None or policy_of(placement).on_levels
    return newest is not None and newest.status == LogicStatus.DRAFT and permissions.is_host_head(user, placement)


def may_submit(user: User, model: LogicModel) -> bool:
    """Whoever may write it (the gate asks for the state itself)."""
    placement = model.placement
    return is_office(user) or permissions.is_ast_of(user, placement) or permissions.is_host_head(user, placement)


def decides(user: User, model: LogicModel) -> bool:
    """The host head, whose school it is about, or the co-ordinator."""
    return permissions.is_host_head(user, model.placement) or is_coordinator(user)


def reads_chains(user: User, placement: Placement) -> bool:
    """More than its outcomes: the office, host head, AST and the subject's consultant."""
    return permissions.reads_days_whole(user, placement)
