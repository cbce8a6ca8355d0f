"""Who works on the protocol, changes terms and signs (requirements E, section G)."""

from astcoord.core.policy_choices import Party
from placements.placement.lifecycle import (
    PLACEMENT_PREPARING,
    PLACEMENT_REISSUABLE,
    PLACEMENT_UNDER_WAY,
    PlacementStatus,
)
from placements.placement.models import Placement
from placements.placement.permissions import can_work_on_protocol, is_ast_of, is_home_head, is_host_head
from placements.placement.ten_items import BY_NUMBER, ActionOwner
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator, is_office


def parties_in_contract(user: User, placement: Placement) -> list[str]:
    """In which capacities this person signs for a placement (R-8.12): nobody signs for both schools."""
    parties: list[str] = []
    if heads(user, placement.host_id):
        parties.append(Party.HOST_HEAD)
    if placement.post.user_id == user.pk:
        parties.append(Party.AST)
    if is_coordinator(user):
        parties.append(Party.COORDINATOR)
    if heads(user, placement.home_id):
        parties.append(Party.HOME_HEAD)
    return parties


def can_change_terms(user: User, placement: Placement) -> bool:
    """While it is prepared, those who work on the protocol; once it is out, the co-ordinator, as a new version."""
    if placement.status in PLACEMENT_PREPARING:
        return can_work_on_protocol(user, placement)
    return placement.status in PLACEMENT_REISSUABLE and is_coordinator(user)


def can_link(user: User, placement: Placement) -> bool:
    """Say which of the authority's priorities it serves (R-14.1): the office, from the start while terms may change.

    What was agreed before this system begins under way, so it is said then (R-17.4).
    """
    before = placement.taken_in_on is not None and placement.status in PLACEMENT_UNDER_WAY
    early = placement.status == PlacementStatus.PLANNED or can_change_terms(user, placement)
    return is_office(user) and (early or before)


def can_mark(user: User, placement: Placement, number: int) -> bool:
    """Say how far a protocol item has been done: the item's owner or the office (requirements E)."""
    own = {
        ActionOwner.HOST_HEAD: is_host_head,
        ActionOwner.HOME_HEAD: is_home_head,
        ActionOwner.AST: is_ast_of,
    }.get(ActionOwner(BY_NUMBER[number].owner))
    return is_office(user) or bool(own and own(user, placement))
