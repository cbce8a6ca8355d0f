"""The e-mails about placements that were agreed before this system: entered, and taken back (R-17.4)."""

from collections.abc import Iterable
from typing import Any

from astcoord.core import emails, outbox
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.policy_choices import Party
from placements.placement.models import Placement

TOLD = "placement-taken-in"
PARTIES = (Party.HOST_HEAD, Party.HOME_HEAD, Party.AST)


def tell_entered(placement: Placement, readers: dict[str, list[Reader]]) -> None:
    """To both heads and the AST, once each: it is in the system, and what can be done there from now on."""
    for party in PARTIES:
        for reader in readers[party]:
            _send(TOLD, placement, reader, party=party)


def tell_mistake(placement: Placement, readers: dict[str, list[Reader]]) -> None:
    """Whoever was told of it hears that it was a mistake; what has not gone out yet does not."""
    outbox.cancel_about(placement)
    sent = Message.objects.about(placement).filter(kind=TOLD).exclude(status=MessageStatus.CANCELLED)
    told = set(sent.values_list("to_email", flat=True))
    for reader in _each(readers):
        if reader.email in told:
            _send("placement-entered-by-mistake", placement, reader)


def _each(readers: dict[str, list[Reader]]) -> Iterable[Reader]:
    return (reader for party in PARTIES for reader in readers[party])


def _send(kind: str, placement: Placement, to: Reader, **facts: Any) -> None:
    """One to each reader, whoever of the parties it is."""
    emails.send(
        f"placements/taken_in/emails/{kind}.txt",
        to=to,
        key=f"{kind}:{placement.pk}:{to.key}",
        about=placement,
        placement=placement,
        **facts,
    )
