"""The one way of writing e-mail: a template says the words, a room says to whom, under which key and of what.

A template (`templates/<app>/<room>/emails/<name>.txt`) extends `emails/base.txt`, which gives every e-mail the same
greeting and signature, and fills two blocks: `subject` and `text`. The text is kept, as it was written, in the
outbox; its HTML is made from it when it is sent, so that the two parts cannot say different things.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath
from typing import Any, Protocol

from django.db import models
from django.template.loader import get_template, render_to_string

from astcoord.core import calendars, outbox, policy, protected
from astcoord.core.calendars import Entry
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.words import say

ENGINE = "emails"
"""The template engine of `settings.TEMPLATES` that escapes nothing, because its pages are plain text."""

BULLET = "- "

HOW_WRITTEN = "Plain text. An empty line begins a paragraph; lines that begin with a hyphen and a space are a list"
"""For whoever writes such a text; it goes on after a full stop or a semicolon."""


class Person(Protocol):
    """Anybody with a name and an address: a user, somebody who is supported."""

    @property
    def pk(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True)
class Reader:
    """Somebody who is written to.

    `key` tells the readers of one message apart, and is no address: a message's key stays when its reader is forgotten.
    `called` is what follows "Dear" where it is not the name, and `stands_in` says that the address is a school's own,
    in place of a headteacher's.
    """

    name: str
    email: str
    key: str = ""
    called: str = ""
    stands_in: bool = False

    @classmethod
    def of(cls, person: Person, *, called: str = "") -> "Reader":
        return cls(person.name, person.email, key=str(person.pk), called=called)


@dataclass(frozen=True)
class Copy:
    """One of many e-mails of the same template, with its own reader, key and facts."""

    to: Reader
    key: str
    about: models.Model | None
    facts: dict[str, Any]


@dataclass(frozen=True)
class Block:
    """A paragraph or a list, line by line."""

    lines: list[str]
    listed: bool


def send(
    template: str,
    *,
    to: Reader,
    key: str,
    about: models.Model | None = None,
    attachments: Iterable[outbox.Attachment] = (),
    reply_to: str | None = None,
    calendar: Iterable[Entry] = (),
    told: calendars.Histories | None = None,
    **facts: Any,
) -> Message:
    """Queue one e-mail in the caller's transaction: `template` filled with `facts`. Otherwise as `outbox.queue`.

    The template's name is the message's kind: "placements/letters/emails/letters-built.txt" → "letters-built".
    `told` is `calendars.histories` of the calendar's rows, where several readers get the same days.
    """
    authority = policy.in_force()
    subject, body = render(template, to=to, authority=authority, **facts)
    return outbox.queue(
        key=key,
        kind=PurePath(template).stem,
        to=(to.name, to.email),
        subject=subject,
        body=body,
        about=about,
        attachments=attachments,
        reply_to=authority.office_email if reply_to is None else reply_to,
        calendar=_calendar(list(calendar), about, to, told),
    )


def send_all(template: str, copies: Iterable[Copy]) -> None:
    """Queue the same e-mail to many readers, in a few statements however many they are. Otherwise as `send`."""
    authority = policy.in_force()
    wanted = []
    for copy in copies:
        subject, body = render(template, to=copy.to, authority=authority, **copy.facts)
        wanted.append(outbox.Wanted(copy.key, (copy.to.name, copy.to.email), subject, body, copy.about))
    outbox.queue_all(wanted, kind=PurePath(template).stem, reply_to=authority.office_email)


def _calendar(entries: list[Entry], about: models.Model | None, to: Reader, told: calendars.Histories | None) -> str:
    """The days of a message as a file beside it, with nobody's name in what people typed."""
    if not entries:
        return ""
    typed = [text for entry in entries for text in (entry.place, entry.text)]
    safe = iter(protected.for_message(about, *typed, reader=to.name))
    return calendars.attachment([replace(entry, place=next(safe), text=next(safe)) for entry in entries], told)


def render(template: str, *, to: Reader, authority: Policy, **facts: Any) -> tuple[str, str]:
    """Subject and text. One blank line stands between paragraphs, whatever a condition in the template left out."""
    rendered = get_template(template, using=ENGINE).render({**facts, "to": to, "authority": authority})
    subject, _, text = _unix(rendered).strip().partition("\n")
    return subject, re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"


def office() -> Reader | None:
    """The authority's office, if it has an address."""
    address = policy.in_force().office_email
    return Reader(say("AST co-ordinator"), address, key="office") if address else None


def html(subject: str, text: str) -> str:
    """The same message for programs that show HTML: paragraphs, lists and links; everything else is escaped."""
    return render_to_string("emails/message.html", {"subject": subject, "blocks": list(blocks(text))})


def blocks(text: str) -> Iterator[Block]:
    """Paragraphs stand between blank lines; lines that begin with a hyphen and a space are a list."""
    for paragraph in re.split(r"\n\s*\n", _unix(text).strip()):
        for listed, lines in groupby(paragraph.split("\n"), key=lambda line: line.startswith(BULLET)):
            yield Block([line.removeprefix(BULLET) if listed else line for line in lines], listed)


def _unix(text: str) -> str:
    """What somebody typed into a box comes with carriage returns."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
