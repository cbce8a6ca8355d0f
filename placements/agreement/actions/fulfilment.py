"""Whether what was agreed has been done: read from the facts where there are facts, marked by people elsewhere."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, refuse
from placements.agreement import permissions
from placements.agreement.lifecycle import Fulfilment
from placements.agreement.models import ProtocolItem
from placements.agreement.reads.protocol import protocol_rows
from placements.agreement.rules import protocol
from placements.placement.lifecycle import PLACEMENT_RUNNING
from placements.placement.models import Placement
from staff.accounts.models import User

DATED = (1, 2, 3)
"""Items whose facts carry the day; P10 is done on the day on which the last paper is ticked."""


def refresh(placement: Placement, *, by: User | None) -> None:
    """Bring the items that follow from facts (P1, P2, P3, P10) up to date. In the caller's transaction."""
    rows = protocol_rows(placement)
    for item in placement.protocol.all():
        found = protocol.fulfilment_of(item.number, rows, today())
        if found and (found[0] != item.fulfilment or (item.number in DATED and found[1] != item.fulfilled_on)):
            _write(item, *found, by=by)


@transaction.atomic
def mark(*, placement: Placement, number: int, state: str, by: User) -> ProtocolItem:
    """The item's owner, or the office, says that it is going on or done; Refused where its own fact is missing."""
    item = placement.protocol.select_for_update().get(number=number)
    if not permissions.can_mark(by, placement, number):
        raise PermissionDenied(f"mark {item}")
    rows = protocol_rows(placement)
    if placement.status not in PLACEMENT_RUNNING:
        refuse([Problem("The preliminary meeting has to be held first.", rule="R-8.0")])
    if state == Fulfilment.FULFILLED:
        refuse(protocol.fulfilment_problems(number, rows))
    found = protocol.fulfilment_of(number, rows, today())
    on = today() if state == Fulfilment.FULFILLED else None
    _write(item, *(found or (state, on)), by=by)
    return item


def _write(item: ProtocolItem, state: str, on: Any, *, by: User | None) -> None:
    before = {"fulfilment": item.fulfilment, "on": item.fulfilled_on}
    item.fulfilment, item.fulfilled_on = state, on
    item.fulfilled_by = by if state == Fulfilment.FULFILLED else None
    item.save(update_fields=["fulfilment", "fulfilled_on", "fulfilled_by"])
    audit.record(
        f"protocol {item}: {item.get_fulfilment_display().lower()}",
        item.placement,
        by=by,
        before=before,
        after={"fulfilment": state, "on": on},
    )
