"""Who dates, reports and closes a return visit, and who reads all of it (section G)."""

from evaluation.evaluations.permissions import reads_forms
from evaluation.returns.lifecycle import RETURN_TO_COME, ReturnStatus, Side
from evaluation.returns.models import ReturnVisit
from placements.placement import permissions
from placements.placement.lifecycle import PlacementStatus
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office


def side_of(user: User, visit: ReturnVisit) -> str:
    """Whose yes this person gives: a side's, or nobody's ("")."""
    if permissions.is_ast_of(user, visit.placement):
        return Side.AST
    return Side.HOST if permissions.is_host_head(user, visit.placement) else ""


def may_date(user: User, visit: ReturnVisit) -> bool:
    """AST and host head, each for the own side; the office records what both have agreed."""
    return bool(side_of(user, visit)) or is_office(user)


def can_agree(user: User, visit: ReturnVisit) -> bool:
    """The side that has not proposed the day, or the office for it."""
    proposed = visit.status == ReturnStatus.SCHEDULED and bool(visit.proposed_by)
    return proposed and (is_office(user) or side_of(user, visit) not in ("", visit.proposed_by))


def can_ask(user: User, visit: ReturnVisit) -> bool:
    """AST and host head ask the co-ordinator for no visit, or for one after all while the placement is not closed."""
    revivable = visit.status == ReturnStatus.CANCELLED and visit.placement.status == PlacementStatus.COMPLETED
    return bool(side_of(user, visit)) and (visit.status in RETURN_TO_COME or revivable)


def may_report(user: User, visit: ReturnVisit) -> bool:
    """The placement's own AST."""
    return permissions.is_ast_of(user, visit.placement)


def decides(user: User, visit: ReturnVisit) -> bool:
    """The co-ordinator; the administrator approves nothing."""
    return is_coordinator(user)


def reads_whole(user: User, visit: ReturnVisit) -> bool:
    """The report's words; home heads and officers read what remains, once it is closed."""
    return reads_forms(user, visit.placement)
