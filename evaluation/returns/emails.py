"""N21: a return visit is due, proposed, dated, to be reported, late. Nobody supported is named."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.policy_choices import Party
from evaluation.returns import dates
from evaluation.returns.lifecycle import ReturnStatus, Side
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
    """The day is agreed, with an entry for the calendar."""
    _send("return-dated", visit, BOTH, f"{visit.visit_on}", on=visit.visit_on)


def undated(visit: ReturnVisit, was: Any) -> None:
    """Somebody asks for another day; this one leaves the calendar."""
    _send("return-undated", visit, BOTH, f"{was}", on=was, gone=True, was=was)


def asked(visit: ReturnVisit) -> None:
    """AST or head ask for no visit, or for one after all: to the co-ordinator, who reads why on its page."""
    _send("return-asked", visit, (Party.COORDINATOR,), f"{visit.status}:{visit.asked_by}:{today()}")


def declined(visit: ReturnVisit) -> None:
    """Against what was asked, the co-ordinator leaves it as it is."""
    _send("return-declined", visit, BOTH, f"{visit.status}:{visit.asked_by}:{today()}")


def report(visit: ReturnVisit) -> None:
    """The visit has taken place, or the co-ordinator asks: the AST's report."""
    _send("return-report", visit, (Party.AST,), f"{visit.visit_on}:{visit.reported_at}")


def late(visit: ReturnVisit) -> None:
    """Without a day or a report for too long: to the co-ordinator, once."""
    _send("return-late", visit, (Party.COORDINATOR,), f"{visit.status}:{visit.visit_on or visit.due_on}")


def over(visit: ReturnVisit) -> None:
    """Closed or cancelled: AST and host head hear of it; a day that is not to be leaves the calendar."""
    gone = visit.status == ReturnStatus.CANCELLED
    on = visit.visit_on if gone else None
    _send("return-over", visit, BOTH, f"{visit.status}:{visit.closed_at or today()}", on=on, gone=gone)


def _send(
    kind: str,
    visit: ReturnVisit,
    parties: Iterable[Party],
    round_: str,
    *,
    on: date | None = None,
    gone: bool = False,
    **facts: Any,
) -> None:
    """`on` is a day that comes into the readers' calendars with the message, or leaves them."""
    readers = readers_of(visit.placement, today())
    people: dict[Reader, Party] = {}
    for party in parties:
        for reader in readers[party]:
            people.setdefault(reader, party)
    for reader, party in people.items():
        emails.send(
            f"{ROOM}/{kind}.txt",
            to=reader,
            key=f"{kind}:{visit.pk}:{round_}:{reader.key}",
            about=visit,
            calendar=[dates.entry(visit, on, ast=party == Party.AST, gone=gone)] if on else [],
            visit=visit,
            placement=visit.placement,
            **facts,
        )
