"""How far a placement has come: each function walks the main road through the actions, with the cast."""

from dataclasses import replace
from datetime import date
from typing import Any

from placements.agreement.actions import contracts, placements, progress, protocol, terms
from placements.agreement.models import ContractVersion
from placements.papers.models import SharedDocument
from placements.placement.models import Placement
from placements.requests.lifecycle import Selection
from placements.requests.models import RequestedStaff
from placements.supported import actions as supported
from placements.supported.lifecycle import Commitment
from placements.supported.models import SupportedStaff
from placements.supported.rules import Part
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory

MEETING = date(2026, 10, 5)
PARTIES = ("host_head", "ast", "coordinator", "home_head")
EVERYBODY = ("host_head", "ast", "coordinator", "staff")
Kind = SharedDocument.Kind

OBJECTIVE = {
    "text": "Pupils choose a method by themselves.",
    "baseline": "Four in ten attempt every problem.",
    "criterion": "Seven in ten attempt every problem by July.",
    "evidence": "The summer test and two sets of books.",
}
TERMS = {
    "host_expectations": "Frees both teachers for an hour after each lesson.",
    "ast_expectations": "Plans and teaches alongside both teachers.",
    "inspector_name": "Larch Wetherby",
    "inspector_role": "Senior inspector, primary",
}
PART = Part(tuple(Commitment.values), "Waiting longer before I help.", "Lessons in which pupils choose the method.")
PAPERS = {kind: {"owner": "Deputy head", "due": date(2026, 10, 20)} for kind in Kind.values}


def signer(cast: Cast, party: str) -> Any:
    return getattr(cast, party)


def opened(cast: Cast, **request: Any) -> Placement:
    """Agreed by three and opened, with two people to support."""
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="agreed", **request)
    RequestedStaff.objects.create(
        request=asked, name="Sorrel Ambleforth", selection=Selection.SELF, head_agrees=True, kind="nqt"
    )
    match = MatchFactory(request=asked, post=cast.post, status="agreed", proposed_by=cast.coordinator)
    return placements.open_placement(match=match, by=cast.home_head)


def met(cast: Cast, **request: Any) -> Placement:
    """The preliminary meeting has been held with everybody."""
    placement = opened(cast, **request)
    protocol.hold_meeting(placement=placement, held_on=MEETING, present=EVERYBODY, by=cast.coordinator)
    return placement


def item_answers() -> dict[int, dict[str, Any]]:
    """What each item needs to be agreed."""
    return {
        1: {},
        2: {"staff_meeting_not_needed": True},
        3: {},
        4: {
            "reviews": {
                "school_evaluation": [date(2026, 12, 15)],
                "final_evaluation": [date(2027, 2, 9)],
            }
        },
        5: {
            "day_shape": "Two lessons, planning, talk.",
            "visit_planned_on": date(2026, 11, 17),
            "visit_host_agrees": True,
        },
        6: {"reviews": {"review_meeting": [date(2026, 12, 8)]}},
        7: {"notice_days": 5},
        8: {},
        9: {"reviews": {"reserved_day": [date(2027, 2, 2)]}},
        10: {"papers_asked": PAPERS},
    }


def all_agreed(cast: Cast, **request: Any) -> Placement:
    """Ten items agreed, the home headteacher agrees to the visit, terms and one objective are in."""
    placement = met(cast, **request)
    for number, answer in item_answers().items():
        protocol.save_item(placement=placement, number=number, by=cast.host_head, **answer)
    protocol.agree_visit(placement=placement, by=cast.home_head)
    terms.save_terms(placement=placement, by=cast.host_head, **TERMS)
    terms.add_objective(placement=placement, by=cast.ast, **OBJECTIVE)
    placement.refresh_from_db()
    return placement


def part_of(person: SupportedStaff) -> Part:
    """What a person says who has read everything."""
    return replace(PART, yes=True, seen=person.concerned)


def everybody_confirms(placement: Placement) -> None:
    """Each person supported says yes, as if by the link (R-6.11)."""
    for person in placement.supported.taking_part():
        supported.confirm(person=person, part=part_of(person))


def ready(cast: Cast, **request: Any) -> Placement:
    """Confirmed by everybody supported and by the co-ordinator, ready for the contract."""
    placement = all_agreed(cast, **request)
    everybody_confirms(placement)
    return protocol.confirm_protocol(placement=placement, by=cast.coordinator)


def issued(cast: Cast, **request: Any) -> Placement:
    """Out for signature."""
    placement = ready(cast, **request)
    contracts.issue(placement=placement, by=cast.coordinator)
    placement.refresh_from_db()
    return placement


def sign(cast: Cast, placement: Placement, *parties: str) -> None:
    """Each of `parties` signs the version in force."""
    version = in_force(placement).number
    for party in parties:
        contracts.sign(placement=placement, version_number=version, party=party, by=signer(cast, party), declared=True)
    placement.refresh_from_db()


def signed(cast: Cast, **request: Any) -> Placement:
    """Signed by all four; nothing else is done, so it does not start."""
    placement = issued(cast, **request)
    sign(cast, placement, *PARTIES)
    return placement


def active(cast: Cast, **request: Any) -> Placement:
    """Signed, and everything else of R-8.13 is done."""
    placement = signed(cast, **request)
    protocol.send_role_statement(placement=placement, by=cast.coordinator)
    progress.record_circulation(placement=placement, by=cast.host_head, circulated_on=date(2026, 10, 6))
    placements.save_cover(placement=placement, by=cast.home_head, cover=("extra_day",))
    placement.refresh_from_db()
    return placement


def in_force(placement: Placement) -> ContractVersion:
    """The version that counts."""
    return placement.contracts.get(superseded_at=None)
