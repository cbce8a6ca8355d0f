"""N29: a half-way review is asked for, overdue, decided, taken back (R-19.2). Nobody supported is named, and nobody's
own words are in any.
"""

from collections.abc import Iterable
from typing import Any

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from astcoord.core.policy_choices import Party
from evaluation.half_way.lifecycle import Side
from evaluation.half_way.models import HalfWayReview
from placements.placement.reads import readers_of

PARTY = {Side.HOST: Party.HOST_HEAD, Side.AST: Party.AST}
TOLD = (Party.HOST_HEAD, Party.AST, Party.HOME_HEAD)
"""All but whoever decided."""


def asked(review: HalfWayReview) -> None:
    """The host headteacher and the AST each say how it goes."""
    for side, party in PARTY.items():
        _send("half-way-asked", review, (party,), f"{review.asked_on}", side=side)


def overdue(review: HalfWayReview) -> int:
    """To those who have not answered, and to the co-ordinator, who may decide without them; new messages."""
    before = Message.objects.count()
    for side in review.missing:
        _send("half-way-overdue", review, (PARTY[Side(side)],), f"{review.due_on}", side=side)
    _send("half-way-overdue", review, (Party.COORDINATOR,), f"{review.due_on}", side="")
    return Message.objects.count() - before


def decided(review: HalfWayReview) -> None:
    """What was decided, to both schools and the AST."""
    _send("half-way-decided", review, TOLD, f"{review.decided_at}")


def taken_back(review: HalfWayReview, was: Any) -> None:
    """The decision of `was` no longer stands."""
    _send("half-way-taken-back", review, TOLD, f"{was}")


def _send(kind: str, review: HalfWayReview, parties: Iterable[str], round_: str, **facts: Any) -> None:
    """Once for each round and reader, though somebody may head both schools."""
    readers = readers_of(review.placement, today())
    to: dict[Reader, None] = dict.fromkeys(reader for party in parties for reader in readers[party])
    for reader in to:
        key = f"{kind}:{review.pk}:{round_}:{reader.key}"
        template = f"evaluation/half_way/emails/{kind}.txt"
        emails.send(template, to=reader, key=key, about=review, half_way=review, placement=review.placement, **facts)
