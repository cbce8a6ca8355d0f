"""Who stands behind each party of a placement today, for pages and messages."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from astcoord.core import policy
from astcoord.core.emails import Reader
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import Party
from astcoord.core.roles import Role
from astcoord.core.words import say_later
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.placement.permissions import reads_host_school, reads_offer
from placements.placement.ten_items import ActionOwner
from schools.register.lifecycle import RegisterStatus
from schools.register.models import School
from schools.register.reads import visitor_lines
from staff.accounts.models import RoleAssignment, User
from staff.accounts.reads import or_school
from staff.posts.reads.posts import public_lines

HOST, HOME, AST, CO, STAFF = "host_head", "home_head", "ast", "coordinator", "staff"

WHO: dict[str, str] = {
    ActionOwner.HOST_HEAD: "the host headteacher",
    ActionOwner.HOME_HEAD: "the home headteacher",
    ActionOwner.AST: say_later("the AST"),
    ActionOwner.COORDINATOR: say_later("the co-ordinator"),
    STAFF: "the people supported",
}


def readers_of(placement: Placement, today: date) -> dict[str, list[Reader]]:
    """Whom to write to of each party, in one query (and the AST's own): for a school between heads, the school."""
    rows = (
        RoleAssignment.objects.in_force(today)
        .filter(user__is_active=True)
        .filter(
            Q(role=Role.COORDINATOR) | Q(role=Role.HEADTEACHER, school_id__in=[placement.host_id, placement.home_id])
        )
        .select_related("user")
        .order_by("user__name_key", "pk")
    )
    found: dict[str, list[Reader]] = {party: [] for party in Party.values}
    found[Party.AST] = [Reader.of(placement.post.user)]
    for row in rows:
        party, reader = _party_of(row, placement), Reader.of(row.user)
        if reader not in found[party]:
            found[party].append(reader)
    for party, school in ((Party.HOST_HEAD, placement.host), (Party.HOME_HEAD, placement.home)):
        found[party] = or_school(found[party], school)
    return found


def _party_of(row: RoleAssignment, placement: Placement) -> str:
    if row.role == Role.COORDINATOR:
        return Party.COORDINATOR
    return Party.HOST_HEAD if row.school_id == placement.host_id else Party.HOME_HEAD


def closed_schools(placement: Placement) -> list[tuple[str, School]]:
    """Of a placement that goes on, the schools that have closed, each with its part in it (R-17.6)."""
    if placement.status == PlacementStatus.CLOSED:
        return []
    parts = (("host", placement.host), ("home", placement.home))
    return [(part, school) for part, school in parts if school.status == RegisterStatus.CLOSED]


def way_to_host(placement: Placement, user: User, today: date) -> list[tuple[str, Any]]:
    """How to get to the host school, and whom to ask for, for those who may know (section G); else nothing."""
    return visitor_lines(placement.host, today) if reads_host_school(user, placement) else []


def offer_of(placement: Placement, user: User) -> list[tuple[str, Any]]:
    """The public part of the AST's profile, for whom the AST comes to help (section G); else nothing. One query."""
    return public_lines(placement.post) if reads_offer(user, placement) else []


ContractPolicy = Callable[[Placement], Policy | None]
Proposed = Callable[[Placement], Placement | None]

_contracts: dict[str, tuple[ContractPolicy, Proposed]] = {}


def answer_with(policy: ContractPolicy, proposed: Proposed) -> None:
    """Contracts live in later rooms, which say here under which policy a placement's own was signed, and what is
    proposed to take its place."""
    _contracts["contract"] = policy, proposed


def policy_of(placement: Placement, on: date | None = None) -> Policy:
    """The policy by which a placement's days, limits and papers are judged (R-16.1).

    What was signed keeps the policy it was signed under, stricter or milder than today's. Before there is a contract
    it is the authority's policy `on` that day (today).
    """
    answer = _contracts.get("contract")
    return (answer[0](placement) if answer else None) or policy.in_force(on)


def proposed_for(placement: Placement) -> Placement | None:
    """The placement as it will be when the version that waits for signatures is signed; not saved. None without one.

    Until then the contract in force counts, and no new day is planned that the proposed one would leave outside.
    """
    answer = _contracts.get("contract")
    return answer[1](placement) if answer else None
