"""Which of the authority’s priorities a placement serves (R-14.1)."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from placements.agreement import permissions
from placements.agreement.actions import contracts, terms
from placements.placement.lifecycle import PLACEMENT_REISSUABLE
from placements.placement.models import Placement
from placements.priorities import reads as priorities
from placements.priorities import rules
from placements.priorities.models import Priority
from staff.accounts.models import User
from staff.accounts.permissions import is_office


@transaction.atomic
def link(*, placement: Placement, by: User, chosen: Collection[Priority], reason: str = "") -> Placement:
    """Say which priorities a placement serves, or why none. A contract that is out is issued anew (R-8.12)."""
    if not is_office(by):
        raise PermissionDenied("link priorities")
    locked = terms.lock(placement)
    if not permissions.can_link(by, locked):
        raise Refused([gate.out_of_turn(locked, "Change the priorities")])
    ticked = [str(each.pk) for each in chosen] or [rules.NONE]
    refuse(rules.choice_problems(ticked, reason))
    offered = {each.pk for each in priorities.offered(today(), begins=locked.starts_on, beside=locked)}
    if any(each.pk not in offered for each in chosen):
        raise Refused([Problem(priorities.GONE, rules.FIELD, "R-14.1", "gone")])
    before = {"priorities": priorities.names_of(locked), "why none": locked.no_priority_reason}
    locked.priorities.set(chosen)
    locked.no_priority_reason = "" if chosen else reason.strip()
    locked.save(update_fields=["no_priority_reason"])
    after = {"priorities": priorities.names_of(locked), "why none": locked.no_priority_reason}
    if after != before:
        audit.record("priorities changed", locked, by=by, before=before, after=after)
        if locked.status in PLACEMENT_REISSUABLE and after["priorities"] != before["priorities"]:
            contracts.issue(placement=locked, by=by, change="priorities that it serves")
    return locked
