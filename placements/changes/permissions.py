"""Who asks for a change of a contract in force, prepares it, agrees to it, refuses it and takes it back (R-8.15)."""

from placements.agreement.permissions import parties_in_contract
from placements.changes.lifecycle import AMENDMENT_PREPARING, AmendmentStatus
from placements.changes.models import Amendment
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office


def can_ask(user: User, placement: Placement) -> bool:
    """The parties, host head and AST; the office may write it down for them."""
    party = is_host_head(user, placement) or is_ast_of(user, placement) or is_office(user)
    return party and placement.status in PLACEMENT_UNDER_WAY


def can_prepare(user: User, amendment: Amendment) -> bool:
    """Change what it says, before it goes out for signature. What was asked of the co-ordinator waits for the answer:
    then only the office may put it right."""
    if amendment.status not in AMENDMENT_PREPARING:
        return False
    draft = amendment.status == AmendmentStatus.DRAFT
    return is_office(user) or (draft and can_ask(user, amendment.placement))


def can_send(user: User, amendment: Amendment) -> bool:
    return can_ask(user, amendment.placement)


def can_offer(user: User, amendment: Amendment) -> bool:
    """The co-ordinator's own yes: without it nothing is put out for signature (R-8.15)."""
    return is_coordinator(user)


def can_refuse(user: User, amendment: Amendment) -> bool:
    """Whoever signs may also say no; the co-ordinator from the start."""
    if amendment.status == AmendmentStatus.ASKED:
        return is_coordinator(user)
    return bool(parties_in_contract(user, amendment.placement))


def can_withdraw(user: User, amendment: Amendment) -> bool:
    """Whoever asked, and the co-ordinator."""
    return amendment.asked_by_id == user.pk or is_coordinator(user)
