"""The e-mails around a placement (N6, N7, N9, N10, N11, N12). No supported person's name is in any."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from astcoord.core import calendars, emails, outbox, policy
from astcoord.core.calendars import Entry
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.policy_choices import Party
from astcoord.core.words import say
from placements.agreement.models import ContractVersion, Peer
from placements.agreement.reads.protocol import CHAIR_NOTICE, invited_peer
from placements.placement.dates import preliminary
from placements.placement.models import Placement
from placements.supported import links
from placements.supported.emails import reader_of
from staff.accounts.reads import chair_of

PAPERS = "papers-outstanding"
REPLY = "reply to this e-mail"
"""Where somebody answers who has neither an account nor an own form."""

Readers = dict[str, list[Reader]]
"""Whom to write to of each party, from `placements.placement.reads.readers_of`."""


@policy.once()
def call_meeting(placement: Placement, readers: Readers, on: date, papers: list[Document]) -> None:
    """N6: day, place, agenda and role statement, to both parties, the co-ordinator and the people supported."""
    parties = (Party.HOST_HEAD, Party.AST, Party.COORDINATOR)
    entry = preliminary(placement)
    page = outbox.link(entry.path)
    to = [(reader, entry, page) for party in parties for reader in readers[party]]
    apart = replace(entry, path="")  # no account, or none that opens the placement
    for person in placement.supported.filter(withdrew_on=None).exclude(email="").select_related("placement"):
        own = links.address(person) if person.has_own_form else REPLY
        to.append((reader_of(person), apart, own))
    if peer := invited_peer(placement):
        to.append((Reader.of(peer.post.user), apart, ""))
    facts: dict[str, Any] = {"attachments": papers, "on": on, "told": calendars.histories([placement])}
    for reader, when, link in to:
        key = f"{papers[0].pk}:{reader.key}"
        _send("preliminary-meeting", placement, reader, key, calendar=[when], link=link, **facts)


def invite_peer(peer: Peer) -> None:
    """R-8.6: all parties said yes; day and place of the preliminary meeting, if it is still to come."""
    placement, on = peer.placement, peer.placement.meeting_called_for
    to_come = on if on and on >= today() else None
    entry = [replace(preliminary(placement), path="")] if to_come else []
    _send("peer-invited", placement, Reader.of(peer.post.user), f"{peer.pk}", on=to_come, calendar=entry)


def ask_about_peer(peer: Peer, readers: Readers, parties: Iterable[str]) -> None:
    """R-8.6: to each party whose answer is needed."""
    for party in parties:
        for reader in readers[party]:
            _send("peer-asked", peer.placement, reader, f"{peer.pk}:{party}:{reader.key}", peer=peer)


def send_role(placement: Placement, readers: Readers, paper: Document) -> None:
    """P1: the role statement, to the host headteacher (R-8.1)."""
    for reader in readers[Party.HOST_HEAD]:
        _send("role-statement", placement, reader, f"{paper.pk}:{reader.key}", attachments=[paper])


def ask_to_circulate(placement: Placement, readers: Readers, pack: Document) -> None:
    """N7: the pack for all staff, to the host headteacher."""
    for reader in readers[Party.HOST_HEAD]:
        _send("protocol-circulation", placement, reader, reader.key, attachments=[pack])


def ask_for_signatures(version: ContractVersion, readers: Readers) -> None:
    """N9: the contract, to everybody who signs it and to the home headteacher."""
    for party, reader in _who_hear_of(version, readers):
        _send(
            "contract-issued",
            version.placement,
            reader,
            f"{version.number}:{party}:{reader.key}",
            about=version,
            attachments=[version.document],
            version=version,
            signs=party in version.policy.signatories,
            capacity=Party(party).label,
        )


def tell_signed(version: ContractVersion, readers: Readers, paper: Document) -> None:
    """N9: the signed contract, to the signatories and the home headteacher."""
    for _, reader in _who_hear_of(version, readers):
        key = f"{version.number}:{reader.key}"
        _send("contract-signed", version.placement, reader, key, about=version, attachments=[paper], version=version)


def tell_chair(placement: Placement, notice: Document) -> None:
    """N10: to the chair of the host's governors; nobody on the staff is named (R-8.3)."""
    for chair in chair_of(placement.host):
        _send(CHAIR_NOTICE, placement, chair, f"{notice.pk}", attachments=[notice])


def ask_for_cover(placement: Placement, readers: Readers) -> None:
    """N12: to the home headteacher, what is missing for cover and outreach time."""
    needed = []
    if not placement.cover:
        needed.append(say("how the AST’s classes are covered"))
    if not placement.post.pattern_on(placement.starts_on or date.min):
        needed.append("which weekday or half days are kept for outreach")
    for reader in readers[Party.HOME_HEAD] if needed else []:
        _send("cover-missing", placement, reader, reader.key, needed=needed)


def remind_of_papers(placement: Placement, readers: Readers, kinds: list[str], when: int) -> int:
    """N11: to the host headteacher; how many messages are new. The key holds the reminder's number."""
    sent = Message.objects.about(placement).filter(kind=PAPERS)
    before = sent.count()
    for reader in readers[Party.HOST_HEAD]:
        _send(PAPERS, placement, reader, f"{when}:{reader.key}", kinds=kinds)
    return sent.count() - before


def tell_active(placement: Placement, readers: Readers) -> None:
    """Everything is in place: days may be planned."""
    for party in (Party.HOST_HEAD, Party.AST, Party.HOME_HEAD):
        for reader in readers[party]:
            _send("placement-active", placement, reader, reader.key, party=party.value)


def _who_hear_of(version: ContractVersion, readers: Readers) -> list[tuple[str, Reader]]:
    parties = dict.fromkeys([*version.policy.signatories, Party.HOME_HEAD])
    return [(party, reader) for party in parties for reader in readers[party]]


def _send(
    kind: str,
    placement: Placement,
    to: Reader,
    key: str,
    *,
    about: ContractVersion | None = None,
    attachments: Iterable[Document] = (),
    calendar: Iterable[Entry] = (),
    **facts: Any,
) -> None:
    """A message of this kind; its key begins with the kind and the placement."""
    emails.send(
        f"placements/agreement/emails/{kind}.txt",
        to=to,
        key=f"{kind}:{placement.pk}:{key}",
        about=about or placement,
        attachments=attachments,
        calendar=calendar,
        placement=placement,
        **facts,
    )
