"""Who answers, reads and decides a half-way review (section G, R-19.2). Agrees with the querysets."""

from evaluation.half_way.lifecycle import HalfWayStatus, Side
from evaluation.half_way.models import HalfWayReview
from placements.placement import permissions
from placements.placement.models import Placement
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office


def side_of(user: User, placement: Placement) -> str:
    """For whom this person says how it goes: a `Side`, or nobody."""
    if permissions.is_host_head(user, placement):
        return Side.HOST
    return Side.AST if permissions.is_ast_of(user, placement) else ""


def may_answer(user: User, review: HalfWayReview, side: str) -> bool:
    """Each for the own side; the office from paper."""
    return side_of(user, review.placement) == side or is_office(user)


def can_answer(user: User, review: HalfWayReview, side: str) -> bool:
    """The same, until it is decided."""
    return review.status == HalfWayStatus.ASKED and may_answer(user, review, side)


def decides(user: User, review: HalfWayReview) -> bool:
    """The co-ordinator; the administrator approves nothing."""
    return is_coordinator(user)


def reads_views(user: User, placement: Placement) -> bool:
    """What each side says: those who read the work's days whole. The home head reads what was decided (section G)."""
    return permissions.reads_days_whole(user, placement)
