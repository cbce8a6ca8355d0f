"""N21: a return visit is due, proposed, dated, to be reported, late. Nobody supported is named."""

from collections.abc import Iterable
from typing import Any

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.policy_choices import Party
from evaluation.returns.lifecycle import Side
from evaluation.returns.models import ReturnVisit
from placements.placement.reads import readers_of

ROOM = "evaluation/returns/emails"
BOTH = (Party.AST, Party.HOST_HEAD)
OTHER = {Side.AST: Party.HOST_HEAD, Side.HOST: Party.AST}


def due(visit: ReturnVisit) -> None:
    """Its term has begun: AST and host head choose a day."""
    _send("return-due", visit, BOTH, f"{visit.opens_on}")


def proposed(visit: ReturnVisit) -> None:
    """To the side that has to agree."""
    _send("return-proposed", visit, (OTHER[Side(visit.proposed_by)],), f"{visit.visit_on}:{visit.proposed_by}")


def dated(visit: ReturnVisit) -> None:
    """The day is agreed."""
    _send("return-dated", visit, BOTH, f"{visit.visit_on}")


def undated(visit: ReturnVisit, was: Any) -> None:
    """Somebody asks for another day."""
    _send("return-undated", visit, BOTH, f"{was}", was=was)


def report(visit: ReturnVisit) -> None:
    """The visit has taken place, or the co-ordinator asks: the AST's report."""
    _send("return-report", visit, (Party.AST,), f"{visit.visit_on}:{visit.reported_at}")


def late(visit: ReturnVisit) -> None:
    """Without a day or a report for too long: to the co-ordinator, once."""
    _send("return-late", visit, (Party.COORDINATOR,), f"{visit.status}:{visit.visit_on or visit.due_on}")


def over(visit: ReturnVisit) -> None:
    """Closed or cancelled: AST and host head hear of it."""
    _send("return-over", visit, BOTH, f"{visit.status}:{visit.closed_at or today()}")


def _send(kind: str, visit: ReturnVisit, parties: Iterable[str], round_: str, **facts: Any) -> None:
    readers = readers_of(visit.placement, today())
    people: list[Reader] = [reader for party in parties for reader in readers[party]]
    for reader in dict.fromkeys(people):
        key = f"{kind}:{visit.pk}:{round_}:{reader.key}"
        emails.send(
            f"{ROOM}/{kind}.txt", to=reader, key=key, about=visit, visit=visit, placement=visit.placement, **facts
        )
