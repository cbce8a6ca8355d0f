"""The e-mails to the people supported (N8), and of a withdrawal. Nobody is named, in subject, greeting or text."""

from dataclasses import replace
from datetime import date
from typing import Any

from astcoord.core import emails, outbox
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from astcoord.core.policy_choices import Party
from astcoord.core.signed_links import works_until
from placements.supported import links
from placements.supported.models import SupportedStaff
from placements.supported.rules import REMINDERS

ROOM = "placements/supported/emails"
INVITED = "supported-invited"
REMINDED = "supported-reminder"
ASKED = "supported-objectives"


def reader_of(person: SupportedStaff) -> Reader:
    """Somebody who is supported: written to at the own address, but not named in what is written."""
    return replace(Reader.of(person, called="colleague"), key=f"supported:{person.pk}")


def invite(person: SupportedStaff, today: date) -> Message:
    """N8: what it is, the link, and that one may withdraw."""
    return _send_link(INVITED, person, f"{person.pk}:{person.link_version}", today)


def renew(person: SupportedStaff, today: date) -> Message:
    """A fresh link to the same form, asked for by somebody whose link was too old; one a day."""
    return _send_link("supported-new-link", person, f"{person.pk}:{today:%Y-%m-%d}", today)


def remind(person: SupportedStaff, days: int, today: date, *, of: str = "") -> int:
    """How many messages are new: 0 if this reminder has gone out before. `of` is the digest of what it is about."""
    key = f"{person.pk}:{person.link_version}:{f'{of}:' if of else ''}{days}"
    if Message.objects.filter(key=f"{REMINDED}:{key}").exists():
        return 0
    _send_link(REMINDED, person, key, today)
    return 1


def ask_for_yes(person: SupportedStaff, today: date) -> Message:
    """R-8.11: the objectives are there, or have changed; once for their words."""
    again = bool(person.yes_to)
    link, until = links.address(person), works_until(today)
    key = f"{person.pk}:{person.link_version}:{person.concerned}"
    return _send(ASKED, person, reader_of(person), key, link=link, until=until, again=again)


def take_back(person: SupportedStaff) -> None:
    """Whatever holds the present link and has not gone out yet."""
    outbox.cancel(key=f"{INVITED}:{person.pk}:{person.link_version}")
    outbox.cancel(key=f"{ASKED}:{person.pk}:{person.link_version}:{person.concerned}")
    for days in REMINDERS:
        outbox.cancel(key=f"{REMINDED}:{person.pk}:{person.link_version}:{days}")


def tell_withdrawn(person: SupportedStaff, readers: dict[str, list[Reader]], *, left: int) -> None:
    """R-6.12: to host head and co-ordinator. No name, and no reason, because none was asked."""
    for reader in dict.fromkeys([*readers[Party.HOST_HEAD], *readers[Party.COORDINATOR]]):
        _send("supported-withdrew", person, reader, f"{person.pk}:{reader.key}", left=left)


def _send_link(kind: str, person: SupportedStaff, key: str, today: date) -> Message:
    link, until = links.address(person), works_until(today)
    return _send(kind, person, reader_of(person), key, link=link, until=until)


def _send(kind: str, person: SupportedStaff, to: Reader, key: str, **facts: Any) -> Message:
    placement = person.placement
    key = f"{kind}:{key}"
    return emails.send(f"{ROOM}/{kind}.txt", to=to, key=key, about=placement, placement=placement, **facts)
