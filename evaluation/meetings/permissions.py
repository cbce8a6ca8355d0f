"""Who records review meetings and ticks off what was agreed (section G)."""

from collections.abc import Callable

from evaluation.meetings.models import MeetingAction
from placements.placement import permissions
from placements.placement.lifecycle import PLACEMENT_COMPLETED, PLACEMENT_RUNNING, PlacementStatus
from placements.placement.models import Placement
from placements.placement.ten_items import ActionOwner
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office

MET_WHILE = PLACEMENT_RUNNING | PLACEMENT_COMPLETED | {PlacementStatus.ENDED_EARLY}
"""From the preliminary meeting on, until it is closed."""


def can_record(user: User, placement: Placement) -> bool:
    """Host head, AST and the office, who were there or write for those who were."""
    return placement.status in MET_WHILE and permissions.can_work_on_protocol(user, placement)


def can_tick(user: User, action: MeetingAction) -> bool:
    """Its owner; the co-ordinator's office for whoever has no account."""
    placement = action.meeting.placement
    own: dict[str, Callable[[User, Placement], bool]] = {
        ActionOwner.HOST_HEAD: permissions.is_host_head,
        ActionOwner.HOME_HEAD: permissions.is_home_head,
        ActionOwner.AST: permissions.is_ast_of,
        ActionOwner.COORDINATOR: is_coordinator,
    }
    return placement.status != PlacementStatus.CLOSED and (is_office(user) or own[action.owner](user, placement))
