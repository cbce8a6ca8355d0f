"""How far a change of a contract in force has come."""

from datetime import date
from decimal import Decimal
from typing import Any

from placements.agreement.actions import placements, progress, protocol
from placements.changes.actions import asking, deciding
from placements.changes.models import Amendment
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements import stories

LATER = date(2027, 3, 9)
"""A Tuesday, four weeks after the contract's last day."""


def ask(cast: Cast, placement: Placement, **more: Any) -> Amendment:
    """Three days more, four weeks longer."""
    wanted = {"ends_on": LATER, "days": Decimal(9), "reason": "Two more units are to be planned.", **more}
    return asking.ask_extension(placement=placement, by=wanted.pop("by", cast.host_head), **wanted)


def offered(cast: Cast, placement: Placement, **more: Any) -> Amendment:
    """Agreed by the co-ordinator, out for signature."""
    return deciding.offer(amendment=ask(cast, placement, **more), by=cast.coordinator)


def signed_by(cast: Cast, amendment: Amendment, *parties: str) -> None:
    for party in parties:
        number = amendment.version.number
        by = stories.signer(cast, party)
        deciding.sign(amendment=amendment, version_number=number, party=party, by=by, declared=True)


def started(cast: Cast, placement: Placement) -> None:
    """Everything of R-8.13 beside the signatures."""
    protocol.send_role_statement(placement=placement, by=cast.coordinator)
    progress.record_circulation(placement=placement, by=cast.host_head, circulated_on=date(2026, 10, 6))
    placements.save_cover(placement=placement, by=cast.home_head, cover=("extra_day",))
    placement.refresh_from_db()
