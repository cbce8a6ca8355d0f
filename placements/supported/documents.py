"""The paper form for somebody who cannot be sent a link (R-6.11)."""

from typing import Any

from astcoord.core import documents
from astcoord.core.models.policy import Policy
from placements.placement.documents import role_facts
from placements.placement.ten_items import ITEMS
from placements.supported.models import SupportedStaff
from placements.supported.reads import about_placement, commitments, objectives_for, teller_for

FORM = "supported-form"
PAPER = "supported-protocol"


def form_facts(person: SupportedStaff, policy: Policy) -> dict[str, Any]:
    """The protocol to read, and the form to sign, for one person."""
    told = teller_for(person)
    return {
        **protocol_facts(person, policy),
        "name": person.name,
        "commitments": commitments(),
        "about": about_placement(person.placement, told),
        "objectives": objectives_for(person, told),
    }


def protocol_facts(person: SupportedStaff, policy: Policy) -> dict[str, Any]:
    """What an AST is here to do, and the ten items: nobody supported is named."""
    return {
        **role_facts(policy, person.placement),
        "items": [{"number": i.number, "title": i.title, "meaning": i.meaning} for i in ITEMS],
        "office": {"email": policy.office_email, "phone": policy.office_phone, **documents.letterhead()["letterhead"]},
    }
