"""What a placement’s papers state: agenda, role statement, chair notice, pack (R-15.2, R-15.3, R-15.7, R-15.8).

Each function returns plain facts for `templates/documents/<kind>.html`.
"""

from datetime import date
from typing import Any

from astcoord.core import documents, shown
from astcoord.core.models.policy import Policy
from astcoord.core.shown import Told
from astcoord.core.suppression import members_of_staff
from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.agreement.lifecycle import Agreement
from placements.agreement.models import ProtocolItem
from placements.agreement.reads.items import agreed_facts
from placements.placement.documents import parties, role_facts
from placements.placement.models import Placement
from placements.placement.ten_items import BY_NUMBER, ITEMS, ActionOwner
from placements.supported.models import SupportedStaff

AGENDA, ROLE, CHAIR, PACK = "protocol-agenda", "role-statement", "chair-notice", "circulation-pack"


def agenda_facts(placement: Placement | None = None, *, keepers: bool = False) -> dict[str, Any]:
    """The ten items in order: blank without a placement, else with status, note and owner (R-15.3).

    `keepers`: with who at the host school keeps each paper, for those who may read it.
    """
    answers = {item.number: item for item in placement.protocol.select_related("agreed_by")} if placement else {}
    told = shown.teller(shown.ANYBODY, placement)
    return {
        **documents.letterhead(),
        **(parties(placement) if placement else {}),
        "meeting": _meeting(placement, told) if placement else "",
        "blank": placement is None,
        "items": [
            {
                "number": item.number,
                "title": item.title,
                "meaning": item.meaning,
                **_answer(answers.get(item.number), told),
                "agreed": _agreed(placement, answers.get(item.number), told, keepers=keepers),
            }
            for item in ITEMS
        ],
    }


def agenda_facts_for(person: SupportedStaff) -> dict[str, Any]:
    """What was agreed under each item, for one of the people supported: nobody is named (section G).

    What was typed is told without names; the letterhead and the schools keep theirs, whoever is called alike.
    """
    return agenda_facts(person.placement, keepers=True)


def _agreed(placement: Placement | None, item: ProtocolItem | None, told: Told, *, keepers: bool) -> list[list[str]]:
    """What was agreed under an item, in words: dates, the shape of the day, who provides which paper (R-15.3)."""
    if placement is None or item is None or item.agreement == Agreement.NOT_DISCUSSED:
        return []
    facts = agreed_facts(placement, item.number, keepers=keepers)
    return [[what, date_words(said) if isinstance(said, date) else told(str(said))] for what, said in facts if said]


def _answer(item: ProtocolItem | None, told: Told) -> dict[str, Any]:
    if item is None:
        return {"status": "", "note": "", "owner": ""}
    with_action = item.agreement == Agreement.WITH_ACTION
    return {
        "status": item.get_agreement_display(),
        "note": told(item.note),
        "action": told(item.action) if with_action else "",
        "action_owner": item.get_action_owner_display() if with_action else "",
        "action_due": item.action_due if with_action else None,
        "owner": ActionOwner(BY_NUMBER[item.number].owner).label,
        "done": item.get_fulfilment_display(),
        "done_on": item.fulfilled_on,
    }


def chair_facts(placement: Placement) -> dict[str, Any]:
    """For the chair of the host's governors: who comes, when, to what end; no member of staff is named (R-15.7)."""
    host = placement.host
    taking_part = placement.supported.taking_part().count()
    return {
        **documents.letterhead(),
        **parties(placement),
        "addressee": {"lines": [host.chair_name, "Chair of governors", host.name, *host.address_lines]},
        "salutation": f"Dear {host.chair_name}",
        "subject": placement.get_subject_display(),
        "aims": shown.teller(shown.ANYBODY, placement)(placement.focus),
        "days": placement.days,
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
        "weekday": _weekdays(placement),
        "people": members_of_staff(taking_part) if taking_part else "",
    }


def pack_facts(placement: Placement, policy: Policy) -> dict[str, Any]:
    """One paper for all staff of the host school: the protocol, the role, whom to ask (R-15.8)."""
    return {
        **agenda_facts(),
        **role_facts(policy, placement),
        "subject": placement.get_subject_display(),
        "aims": shown.teller(shown.ANYBODY, placement)(placement.focus),
        "contact": {"name": say("AST co-ordinator"), "email": policy.office_email, "phone": policy.office_phone},
    }


def _meeting(placement: Placement, told: Told) -> str:
    """Day and place of the preliminary meeting, as called."""
    if placement.meeting_called_for is None:
        return ""
    on = placement.meeting_called_for
    place = told(placement.meeting_place)
    return f"{on:%A} {date_words(on)}, {place}".rstrip(", ")


def _weekdays(placement: Placement) -> str:
    return f"{placement.get_weekday_display()}s" if placement.weekday is not None else ""
