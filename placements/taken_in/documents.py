"""What stands where a contract would: the record of what was agreed before this system, frozen (R-17.4, R-15.4)."""

from datetime import date
from typing import Any

from astcoord.core.models.policy import Policy
from placements.agreement.documents.contracts import contract_facts
from placements.placement.models import Placement
from placements.taken_in.rules import Agreed

RECORD = "agreed-before"
STATE = "before"


def record_facts(placement: Placement, agreed: Agreed, policy: Policy, *, today: date) -> dict[str, Any]:
    """A contract's facts, so that a later change can be set beside them; no signatures, and when it was entered."""
    return {
        **contract_facts(placement, policy, state=STATE, number=1),
        "signatories": [],
        "agreed_on": agreed.agreed_on,
        "entered_on": today,
        "used": agreed.used,
        "given": agreed.given(),
    }
