"""An active placement in few rows, for stories that begin where the contract ends."""

from datetime import date
from typing import Any

from placements.days import ledger
from placements.placement.models import Meeting, Objective, Placement
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.factories import RequestFactory, SchoolFactory

OBJECTIVES = (
    "Pupils choose a method by themselves.",
    "Juno Pettifer plans problem solving into every unit.",
    "Books show reasoning in sentences.",
)
PEOPLE = ("Juno Pettifer", "Sorrel Ambleforth")


def active(cast: Cast, *, objectives: int = 1, **fields: Any) -> Placement:
    """Six days from 3 November to 12 February at the host school, two people supported."""
    fields = {"status": "active", "ends_on": date(2027, 2, 12), "notice_days": 5, **fields}
    placement = cast.placement(**fields)
    everybody = dict.fromkeys(("host_head_present", "ast_present", "coordinator_present", "staff_present"), True)
    Meeting.objects.create(placement=placement, held_on=date(2026, 10, 5), recorded_by=cast.coordinator, **everybody)
    ledger.set_days_under_contract(placement, placement.days, by=cast.coordinator, reason="contract issued")
    for name in PEOPLE:
        SupportedStaff.objects.create(placement=placement, name=name, kind="teacher", selection="self")
    for number, text in enumerate(OBJECTIVES[:objectives], 1):
        Objective.objects.create(
            placement=placement,
            number=number,
            text=text,
            baseline="Four in ten attempt every problem.",
            criterion="Seven in ten attempt every problem by July.",
            evidence="The summer test and two sets of books.",
        )
    return placement


def elsewhere(cast: Cast, **fields: Any) -> Placement:
    """A second active placement of the same AST, at a school of its own."""
    asked = RequestFactory(host=SchoolFactory(), created_by=cast.outsider, status="placed")
    return active(cast, match__request=asked, **fields)
