"""The contract as a page: what it says, who has signed, and in which capacity this person may."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from astcoord.core.policy_choices import Party
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from placements.agreement import permissions
from placements.agreement.models import ContractVersion, Signature
from placements.agreement.reads.protocol import contract_in_force, missing_parties
from placements.agreement.rules.contracts import signature_stands
from placements.placement.lifecycle import PLACEMENT_OUT_FOR_SIGNATURE
from placements.placement.models import Placement
from staff.accounts.models import RoleAssignment, User


@dataclass(frozen=True)
class SignPage:
    """`party` is the capacity in which this person signs now; empty if in none. `facts` are the frozen text."""

    version: ContractVersion
    facts: dict[str, Any]
    signed: list[Signature]
    missing: list[str]
    party: str
    capacity: str
    can_take_back: bool
    """Nobody has signed after this person, and somebody has still to sign (R-20.13)."""
    withdrawn: list[str]
    """By initials and day: people who stand in this version and have withdrawn since it was issued (R-6.12)."""


def sign_page(placement: Placement, user: User) -> SignPage | None:
    """The version in force for this person; None while there is none."""
    version = contract_in_force(placement)
    if version is None:
        return None
    names = dict(Party.choices)
    missing = missing_parties(version)
    signatures = list(version.signatures.all())
    party, out = "", placement.status in PLACEMENT_OUT_FOR_SIGNATURE
    if out and not any(s.user_id == user.pk for s in signatures):
        party = next((str(p) for p in permissions.parties_in_contract(user, placement) if p in missing), "")
    return SignPage(
        version=version,
        facts=version.document.facts,
        signed=signatures,
        missing=[str(names[p]) for p in missing],
        party=party,
        capacity=str(names[party]) if party else "",
        can_take_back=out and not signature_stands(signatures, user.pk),
        withdrawn=_withdrawn(placement, version),
    )


def who_may_follow(now: int | None, today: date) -> QuerySet[User]:
    """The co-ordinators who may be named in a contract as following the work, and whoever is named `now` (R-8.11)."""
    roles = RoleAssignment.objects.in_force(today).filter(role=Role.COORDINATOR, user__is_active=True)
    return User.objects.filter(Q(pk__in=roles.values("user")) | Q(pk=now)).order_by("name")


def _withdrawn(placement: Placement, version: ContractVersion) -> list[str]:
    gone = placement.supported.filter(withdrew_on__gte=timezone.localdate(version.issued_at))
    named = [row[0] for row in version.document.facts.get("staff", [])]
    return [f"{p.initials} on {date_words(p.withdrew_on)}" for p in gone if p.withdrew_on and p.initials in named]
