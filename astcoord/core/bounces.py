"""Reports that an e-mail could not be delivered (RFC 3464), read from files as a mailbox keeps them.

A report is believed where it names a message of ours by its Message-ID, or, without one, an address that we have
written to. Whoever forges one can silence an address: the pages of that address say so, and the office lifts it.
"""

import hashlib
import mailbox
import re
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mail
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from django.db import DataError, transaction
from django.utils import timezone

from astcoord.core import addresses, outbox, unreachable
from astcoord.core.models.bounces import BounceRead
from astcoord.core.models.messages import Message

BIGGEST = 5 * 1024 * 1024
"""Bytes of a report that are read; a mail server returns less."""

UNREADABLE = (DataError, ValueError, LookupError, TypeError, AttributeError)
"""What a mail that nobody expected may lead to, here, in Python's parser or in the database."""

NOTED = re.compile(
    rb"^(?:Status|X-Status|X-UID|X-Keywords|X-IMAP(?:base)?|X-Mozilla-\w+):.*\n?(?:[ \t].*\n?)*",
    re.IGNORECASE | re.MULTILINE,
)
"""The lines of a mail's head in which mail programs note that it was read, and such things."""

READ, KNOWN, OTHER, STRANGE = "reports read", "read before", "no report of a failure", "not about e-mail of ours"
CAME_BACK, ADDRESSES = "e-mails that came back", "addresses not written to any more"


def read(path: Path) -> Counter[str]:
    """Read a file (.eml or mbox), a folder of .eml files, or a Maildir; how many of what. OSError if it cannot be read.

    Safe to repeat: a report that was read is not read again.
    """
    done: Counter[str] = Counter()
    for raw in _mails(path):
        try:
            done.update(_read_one(raw))
        except UNREADABLE:
            done[STRANGE] += 1  # and the next ones are read
    return done


@transaction.atomic
def _read_one(raw: bytes) -> Counter[str]:
    _, new = BounceRead.objects.get_or_create(digest=_digest(raw))
    if not new:
        return Counter({KNOWN: 1})
    mail = message_from_bytes(raw.replace(b"\0", b""))  # PostgreSQL takes none
    failures = list(_failures(mail))
    if not failures:
        return Counter({OTHER: 1})
    ours = Message.objects.filter(message_id__in=_identities(mail)).first()
    done: Counter[str] = Counter({READ: 1})
    for fields in failures:
        done.update(_take_in(fields, ours))
    return done


def _digest(raw: bytes) -> str:
    """The same for the same mail, whatever mail programs have noted at its head since."""
    end = re.search(rb"\n\r?\n", raw)
    head = raw[: end.start() + 1] if end else raw
    return hashlib.sha256(NOTED.sub(b"", head) + raw[len(head) :]).hexdigest()


def _take_in(fields: Mail, ours: Message | None) -> Counter[str]:
    """One reader's part of a report."""
    status, said = str(fields["Status"] or ""), _said(fields)
    told = _address(fields)
    if ours is None and not (told and Message.objects.filter(to_email__iexact=told).exists()):
        return Counter({STRANGE: 1})
    done: Counter[str] = Counter()
    if unreachable.is_reported_for_good(status.split(maxsplit=1)[0], said):
        email = ours.to_email if ours else told
        done[ADDRESSES] += unreachable.note(email, said=said, at=timezone.now())
    if ours:
        done[CAME_BACK] += outbox.came_back(ours, said=said)
    return done


def _failures(mail: Mail) -> Iterator[Mail]:
    """The fields of each reader whom the report gives up for good."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            blocks: Any = part.get_payload()
            for fields in blocks:
                action, status = str(fields["Action"] or ""), str(fields["Status"] or "")
                if action.strip().lower() == "failed" and status.strip().startswith("5."):
                    yield fields


def _identities(mail: Mail) -> list[str]:
    """The Message-ID of the e-mail that came back, from the copy, or the head of it, that is sent along."""
    found = []
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            inner: Any = part.get_payload()
            found += [str(each["Message-ID"]) for each in inner if each["Message-ID"]]
        elif part.get_content_type() == "text/rfc822-headers":
            head = HeaderParser().parsestr(str(part.get_payload()))
            found += [str(head["Message-ID"])] if head["Message-ID"] else []
    return [identity.strip() for identity in found]


def _address(fields: Mail) -> str:
    """The reader as we wrote to it, else as the last server knew it; empty if that is no address."""
    told = str(fields["Original-Recipient"] or fields["Final-Recipient"] or "")
    found = re.search(r"[^\s;<>]+@[^\s;<>]+", told)
    return found[0] if found and addresses.same(found[0]) else ""


def _said(fields: Mail) -> str:
    words = str(fields["Diagnostic-Code"] or fields["Status"] or "").partition(";")
    return " ".join((words[2] or words[0]).split())[: unreachable.LONGEST]


def _mails(path: Path) -> Iterator[bytes]:
    """Each mail as it lies there."""
    if (path / "cur").is_dir() or (path / "new").is_dir():
        box = mailbox.Maildir(path, create=False)
        yield from _in_box(box)
    elif path.is_dir():
        for file in sorted(path.glob("*.eml")):
            yield _start(file)
    elif _start(path, 5) == b"From ":
        yield from _in_box(mailbox.mbox(path, create=False))
    else:
        yield _start(path)


def _in_box(box: Any) -> Iterator[bytes]:
    for key in sorted(box.keys()):
        with box.get_file(key) as source:
            yield source.read(BIGGEST)


def _start(file: Path, size: int = BIGGEST) -> bytes:
    with file.open("rb") as source:
        return source.read(size)
