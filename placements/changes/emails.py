"""N9, N20: who hears of a change of a contract: asked, put out for signature, in force, not. Nobody supported is named,
and no reason is told: reasons stand on the page."""

from typing import Any

from astcoord.core import emails
from astcoord.core.emails import Reader
from astcoord.core.models.documents import Document
from astcoord.core.policy_choices import Party
from placements.changes.models import Amendment
from placements.placement.models import Placement
from staff.accounts.reads import chair_of

Readers = dict[str, list[Reader]]


def tell_asked(amendment: Amendment, readers: Readers) -> None:
    """N20: to all parties; the co-ordinator is the one who answers."""
    for party, reader in _everybody(readers):
        decides = party == Party.COORDINATOR
        _send("amendment-asked", amendment, reader, reader.key, what=_what(amendment), decides=decides)


def ask_for_signatures(amendment: Amendment, readers: Readers) -> None:
    """N9: the addendum or the new version, to everybody who signs it and to the home headteacher."""
    version = amendment.version
    if version is None:
        raise ValueError("nothing has been put out for signature")
    for party in dict.fromkeys([*version.policy.signatories, Party.HOME_HEAD]):
        for reader in readers[party]:
            _send(
                "amendment-issued",
                amendment,
                reader,
                f"{party}:{reader.key}",
                attachments=[version.document],
                version=version,
                what=_what(amendment),
                signs=party in version.policy.signatories,
                capacity=Party(party).label,
            )


def tell_over(amendment: Amendment, readers: Readers) -> None:
    """It was refused or taken back: the contract in force stands."""
    how = amendment.get_status_display().lower()
    for _, reader in _everybody(readers):
        _send("amendment-over", amendment, reader, reader.key, what=_what(amendment), how=how)


def tell_in_force(amendment: Amendment, readers: Readers, paper: Document) -> None:
    """N20, R-13.1: signed by everybody, to all parties; of an extension the host's chair hears too."""
    for _, reader in _everybody(readers):
        _send("amendment-in-force", amendment, reader, reader.key, attachments=[paper], what=_what(amendment))
    for chair in chair_of(amendment.placement.host) if amendment.is_extension else []:
        _send("extension-notice", amendment, chair, chair.key)


def _everybody(readers: Readers) -> list[tuple[str, Reader]]:
    """All parties, each reader once, in the first of their capacities."""
    found: dict[str, tuple[str, Reader]] = {}
    for party in (Party.COORDINATOR, Party.HOST_HEAD, Party.AST, Party.HOME_HEAD):
        for reader in readers[party]:
            found.setdefault(reader.key, (party, reader))
    return list(found.values())


def _what(amendment: Amendment) -> str:
    return "extension" if amendment.is_extension else "change"


def _send(kind: str, amendment: Amendment, to: Reader, key: str, **facts: Any) -> None:
    placement: Placement = amendment.placement
    emails.send(
        f"placements/changes/emails/{kind}.txt",
        to=to,
        key=f"{kind}:{amendment.pk}:{key}",
        about=amendment,
        placement=placement,
        amendment=amendment,
        **facts,
    )
