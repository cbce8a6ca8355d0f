"""What the rules of protocol and contract look at, read from the database."""

from datetime import date, timedelta

from django.utils import timezone

from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.models.policy import Policy
from placements.agreement.lifecycle import Agreement
from placements.agreement.models import ContractVersion, Peer
from placements.agreement.rules.contracts import Calendar, next_missing
from placements.agreement.rules.protocol import ProtocolRows
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from schools.calendar.models import HalfTerm

CHAIR_NOTICE = "chair-notice"
NEAR = timedelta(days=130)
"""How far around a placement half-terms are offered as the nearest dates: further than the summer is long."""


def chair_notice(placement: Placement) -> Message | None:
    """The notice that went to the chair of the host's governors (R-8.3), unless it was taken back."""
    sent = Message.objects.about(placement).filter(kind=CHAIR_NOTICE)
    return sent.exclude(status=MessageStatus.CANCELLED).order_by("pk").last()


def first_talks(placement: Placement) -> str:
    """How many of the first talks of P2 have been held; nobody is named (R-8.2)."""
    days = list(placement.supported.taking_part().values_list("first_met_on", flat=True))
    return f"{sum(1 for day in days if day)} of {len(days)} held"


def protocol_rows(placement: Placement) -> ProtocolRows:
    """What the ten items look at, in four queries."""
    notice = chair_notice(placement)
    return ProtocolRows(
        placement,
        people=[person for person in placement.supported.all() if person.is_in],
        reviews=list(placement.reviews_planned.all()),
        papers=list(placement.papers.all()),
        chair_told_on=timezone.localdate(notice.queued_at) if notice else None,
    )


def calendar_of(placement: Placement) -> Calendar:
    """The school calendar around a placement's dates, in four queries."""
    starts, ends = placement.starts_on, placement.ends_on
    half_terms: tuple[tuple[date, date], ...] = ()
    teaching = 0
    if starts and ends and starts <= ends:
        school_days = calendar.between(starts, ends).school_days(starts, ends)
        teaching = sum(1 for day in school_days if placement.weekday is None or day.weekday() == placement.weekday)
        near = HalfTerm.objects.touching(starts - NEAR, ends + NEAR).order_by("starts_on")
        half_terms = tuple(near.values_list("starts_on", "ends_on"))
    return Calendar(
        teaching_days=teaching,
        half_terms=half_terms,
        ast_weekdays=tuple(p.weekday for p in placement.post.pattern_on(starts)) if starts else (),
    )


def agreed_items(placement: Placement) -> list[int]:
    """The numbers of the items that are agreed, with or without an action."""
    agreed = placement.protocol.exclude(agreement=Agreement.NOT_DISCUSSED)
    return list(agreed.values_list("number", flat=True))


def contract_in_force(placement: Placement) -> ContractVersion | None:
    """The version that is not superseded, with its policy."""
    return placement.contracts.in_force().select_related("policy", "document", "signed_document").first()


def contract_policy(placement: Placement) -> Policy | None:
    """The policy that the contract in force was made under (R-16.1); None while there is no contract."""
    return Policy.objects.filter(pk__in=placement.contracts.in_force().values("policy")).first()


def peer_of(placement: Placement) -> Peer | None:
    """The other AST proposed for the meetings, with the answers so far; None if nobody is (R-8.6)."""
    rows = placement.peers.filter(ended_at=None).select_related("post__user", "asked_by")
    return rows.prefetch_related("answers").first()


def invited_peer(placement: Placement) -> Peer | None:
    """The other AST whom all parties want at the meetings, and who has been invited."""
    found = peer_of(placement)
    return found if found and found.invited_at else None


def missing_parties(version: ContractVersion | None) -> list[str]:
    """The parties that have not signed a version, in the policy's order."""
    if version is None or version.agreed_before:
        return []
    return next_missing(version.policy.signatories, [s.party for s in version.signatures.all()])
