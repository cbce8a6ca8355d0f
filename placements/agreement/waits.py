"""Whose signature is waited for (R-18.5)."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from astcoord.core import waiting
from astcoord.core.clock import today
from astcoord.core.policy_choices import Party
from astcoord.core.waiting import Kind, Wait
from astcoord.core.words import say
from placements.agreement.models import ContractVersion
from placements.agreement.permissions import parties_in_contract
from placements.agreement.reads.protocol import missing_parties
from placements.placement.lifecycle import PLACEMENT_OUT_FOR_SIGNATURE
from placements.placement.models import Placement
from placements.placement.reads import WHO, readers_of
from staff.accounts.models import User
from staff.accounts.permissions import is_office


def register() -> None:
    waiting.register(
        Kind(
            code="signature",
            model=ContractVersion,
            rows=_rows,
            waits=_waits,
            may=_may,
            page=lambda of, _: _page(of),
        )
    )


def _rows(user: User) -> QuerySet[ContractVersion]:
    seen = Placement.objects.visible_to(user)
    found = ContractVersion.objects.in_force().filter(placement__in=seen.order_by().values("pk"))
    return found.select_related("policy", "placement__post__user", "placement__host", "placement__home")


def _may(user: User, version: ContractVersion) -> bool:
    """The office, and of those who sign whoever has signed."""
    signed = {signature.party for signature in version.signatures.all()}
    return is_office(user) or any(party in signed for party in parties_in_contract(user, version.placement))


def _waits(version: ContractVersion) -> Iterator[Wait]:
    placement = version.placement
    missing = missing_parties(version) if placement.status in PLACEMENT_OUT_FOR_SIGNATURE else []
    readers = readers_of(placement, today()) if missing else {}
    for party in missing:
        paper = f"{version.policy.contract_word} {placement.reference}"
        yield Wait(
            party=party,
            who=str(WHO[party]),
            since=localdate(version.issued_at),
            what=f"a signature on the {paper}, {placement.post.user.name} at {placement.host.name}",
            wanted=say(f"Read and sign the {paper}"),
            path=_page(version),
            readers=tuple(readers[Party(party)]),
        )


def _page(version: ContractVersion) -> str:
    return reverse("placements:contract", args=[version.placement_id])
