"""What is done after it was agreed: papers given round, first talks, papers seen. No contract changes by it."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from placements.agreement.actions import fulfilment
from placements.agreement.actions.placements import activate_if_ready
from placements.papers.models import SharedDocument
from placements.placement import permissions
from placements.placement.lifecycle import PLACEMENT_RUNNING
from placements.placement.models import Placement
from staff.accounts.models import User


@transaction.atomic
def record_circulation(
    *, placement: Placement, by: User, circulated_on: date | None, met: Mapping[int, date | None] | None = None
) -> list[Problem]:
    """P2: the day on which all staff had the papers, and the day of each first talk by the person's key.

    Returns what still keeps the placement from starting.
    """
    _may_record(placement, by)
    days = [d for d in (circulated_on, *(met or {}).values()) if d]
    if any(day > today() for day in days):
        raise Refused([Problem("Enter days that are today or in the past.", "circulated_on", "R-8.2")])
    placement.circulated_on = circulated_on
    placement.save(update_fields=["circulated_on"])
    for person in placement.supported.filter(pk__in=met or {}):
        person.first_met_on = (met or {})[person.pk]
        person.save(update_fields=["first_met_on"])
    audit.record("protocol P2: circulation and first talks", placement, by=by, after={"circulated_on": circulated_on})
    fulfilment.refresh(placement, by=by)
    return activate_if_ready(placement)


@transaction.atomic
def record_papers(*, placement: Placement, by: User, states: Mapping[str, str]) -> None:
    """R-9.1: which of the papers the AST has seen; only action plans may not apply."""
    _may_record(placement, by)
    kinds = SharedDocument.Kind
    refuse(
        Problem("Only action plans may not apply.", f"state_{kind}", "R-9.1")
        for kind, state in states.items()
        if state == SharedDocument.State.NOT_APPLICABLE and kind != kinds.ACTION_PLANS
    )
    papers = list(placement.papers.filter(kind__in=states))
    uploaded = SharedDocument.State.UPLOADED
    refuse(
        Problem("Upload the file first.", paper.kind, "R-9.1")
        for paper in papers
        if states[paper.kind] == uploaded and paper.state != uploaded
    )
    for paper in papers:
        paper.state = states[paper.kind]
        paper.save(update_fields=["state"])
    audit.record("papers seen", placement, by=by, after=dict(states))
    fulfilment.refresh(placement, by=by)
    activate_if_ready(placement)


def _may_record(placement: Placement, by: User) -> None:
    if not permissions.can_work_on_protocol(by, placement):
        raise PermissionDenied("record what has been done")
    if placement.status not in PLACEMENT_RUNNING:
        raise Refused([gate.out_of_turn(placement, "Record what has been done")])
