"""The outbox: messages are rows, written in the same transaction as the decision that they tell of (design, section 8).

Nothing is sent from here. `astcoord.core.delivery` sends; a worker calls it. When a transaction commits, a worker
is notified and looks at once; a notification that nobody hears costs a few seconds, because the worker looks anyway.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from astcoord.core import audit, policy, protected
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import REMOVED, Message, MessageAttachment, MessageStatus
from astcoord.core.notify import Notifier

if TYPE_CHECKING:
    from staff.accounts.models import User

LIFE = timedelta(hours=72)
"""A message that could not be sent for this long is given up, and shown to a person."""

NOT_YET_SENT = (MessageStatus.QUEUED, MessageStatus.FAILED)
NOT_SENT_FOR_SURE = (*NOT_YET_SENT, MessageStatus.SENDING)

Attachment = Document | tuple[Document, str]

AT_ONCE = 500
"""Rows in one statement: SQLite has an upper limit on values."""

queued = Notifier()
"""Tells the workers of new messages; `astcoord.core.tasks` listens."""


@dataclass(frozen=True)
class Wanted:
    """What one e-mail of many says to whom: `queue` explains."""

    key: str
    to: str | tuple[str, str]
    subject: str
    body: str
    about: models.Model | None = None


def queue(
    *,
    key: str,
    kind: str,
    to: str | tuple[str, str],
    subject: str,
    body: str,
    about: models.Model | None = None,
    attachments: Iterable[Attachment] = (),
    not_before: datetime | None = None,
    reply_to: str | None = None,
    calendar: str = "",
) -> Message:
    """Queue one e-mail in the caller's transaction and return it.

    `key` says what it is for ("contract-issued:17:host_head"): a second call with the same key queues nothing and
    returns the first message. `to` is an address, or a name and an address. Replies go to the authority's office
    unless `reply_to` says otherwise. `calendar` is a file of `core.calendars.attachment`.
    """
    wanted = Wanted(key, to, subject, body, about)
    reply_to = policy.in_force().office_email if reply_to is None else reply_to
    facts = _facts(wanted, kind=kind, reply_to=reply_to, due=not_before or timezone.now())
    return _stored(key, facts | {"calendar": calendar}, attachments)


def queue_all(wanted: Iterable[Wanted], *, kind: str, reply_to: str) -> None:
    """Queue many e-mails of one kind in a few statements however many they are; a key that is there stays as it is."""
    due = timezone.now()
    messages = [Message(key=each.key, **_facts(each, kind=kind, reply_to=reply_to, due=due)) for each in wanted]
    Message.objects.bulk_create(messages, batch_size=AT_ONCE, ignore_conflicts=True)
    if messages:
        queued.notify()


def _facts(wanted: Wanted, *, kind: str, reply_to: str, due: datetime) -> dict[str, Any]:
    """The row of a new message. ValueError where there is no address."""
    name, email = ("", wanted.to) if isinstance(wanted.to, str) else wanted.to
    if not email:
        raise ValueError(f"{wanted.key}: there is no address to write to")
    if "@" in wanted.key:
        raise ValueError("The key of a message holds no address: it outlives its reader. Use `Reader.key`.")
    subject, body = protected.for_message(wanted.about, wanted.subject, wanted.body, reader=name)
    return {
        "kind": kind,
        "to_name": _one_line(name),
        "to_email": email,
        "reply_to": reply_to,
        "subject": _one_line(subject),
        "body": body,
        "about": wanted.about,
        "message_id": f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>",
        "due_at": due,
        "give_up_at": due + LIFE,
    }


def _stored(key: str, facts: dict[str, Any], attachments: Iterable[Attachment]) -> Message:
    """The message of this key, new with these facts if there is none yet."""
    with transaction.atomic():
        message, created = Message.objects.get_or_create(key=key, defaults=facts)
        if created:
            _attach(message, attachments)
    if created:
        queued.notify()
    return message


def cancel(*, key: str) -> int:
    """Take back the message of this key; how many were taken back (0 or 1). Otherwise as `cancel_about`."""
    return _cancel(Message.objects.filter(key=key))


def cancel_about(obj: models.Model, kind: str | None = None) -> int:
    """Take back what is about `obj` (of one kind, or all) and not sent yet; how many.

    What a worker has in hand is not counted, because it may have gone: it stops before the wire if it is not there
    yet, and otherwise goes this once at most, whatever the relay answers.
    """
    found = Message.objects.about(obj)
    return _cancel(found.filter(kind=kind) if kind else found)


@transaction.atomic
def readdress(found: models.QuerySet[Message], *, name: str, email: str) -> int:
    """Send on to somebody what is not sent yet, with the greeting made theirs; how many.

    What a worker has in hand is taken out of it. What is on the wire already may arrive at the old address: then its
    row says so (`delivery` writes down where it went); if the relay does not take it, it goes to the new one.
    """
    rows = list(found.select_for_update(of=("self",)).filter(status__in=NOT_SENT_FOR_SURE))
    for row in rows:
        greeting = f"Dear {row.to_name}\n"
        if row.to_name and row.body.startswith(greeting):
            row.body = f"Dear {_one_line(name)}\n" + row.body.removeprefix(greeting)
        row.to_name, row.to_email = _one_line(name), email
        if row.status == MessageStatus.SENDING and row.wire_at is None:
            row.status = MessageStatus.CANCELLED if row.cancelled_at else MessageStatus.QUEUED
            row.token, row.lease_until, row.rung_at = "", None, None
        row.save(update_fields=["to_name", "to_email", "body", "status", "token", "lease_until", "rung_at"])
    if rows:
        queued.notify()
    return len(rows)


@transaction.atomic
def retry(message: Message, *, by: "User") -> bool:
    """Put a failed message back into the queue, with a new life, for a person who mended the cause (R-5.3).

    False if it is not failed (any more): somebody else was quicker; or if its text is gone.
    """
    back = queue_again(Message.objects.filter(pk=message.pk, status=MessageStatus.FAILED, cancelled_at=None))
    message.refresh_from_db()
    if back:
        audit.record("message: try again", message, by=by, before={"error": message.error})
    return bool(back)


def queue_again(found: models.QuerySet[Message]) -> int:
    """Back into the queue with a new life and the same identity, in the caller's transaction; how many.

    What is over its time stays as it is: its text is gone.
    """
    now = timezone.now()
    new_life = {"due_at": now, "give_up_at": now + LIFE, "attempts": 0, "deaths": 0, "rung_at": None, "sent_at": None}
    back = found.exclude(body=REMOVED).update(status=MessageStatus.QUEUED, **new_life)
    if back:
        queued.notify()
    return back


def came_back(message: Message, *, said: str) -> int:
    """A mail server reports that what was sent did not arrive: 1, or 0 if it is on its way again or given up."""
    sent = Message.objects.filter(pk=message.pk, status=MessageStatus.SENT)
    return sent.update(status=MessageStatus.FAILED, sent_at=None, error=f"It came back: {said}")


def link(path: str) -> str:
    """The whole address of a page, for a message's text."""
    return str(urljoin(settings.SITE_URL, path))


def _cancel(found: models.QuerySet[Message]) -> int:
    """The flag first: from then on nobody claims it, and nothing puts it back into the queue."""
    found.filter(status__in=NOT_SENT_FOR_SURE, cancelled_at=None).update(cancelled_at=timezone.now())
    return found.filter(status__in=NOT_YET_SENT, cancelled_at__isnull=False).update(status=MessageStatus.CANCELLED)


def _attach(message: Message, attachments: Iterable[Attachment]) -> None:
    pairs = [a if isinstance(a, tuple) else (a, f"{slugify(a.title)[:80] or a.kind}.pdf") for a in attachments]
    MessageAttachment.objects.bulk_create(
        MessageAttachment(message=message, document=document, filename=filename) for document, filename in pairs
    )


def _one_line(text: str) -> str:
    """A header is one line, whatever somebody pasted into a name."""
    return " ".join(text.split())[:200]
