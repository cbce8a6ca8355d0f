"""Delivery: claim, print, one last look, send, record. The row is the queue; a broker only says "look".

At least once, under a Message-ID that never changes, and never two for one key. What may happen twice is told from
what may be lost: a worker that dies after `wire_at` may have sent, so the message goes again under the same
Message-ID and is counted as ambiguous. Knows nothing of Celery: `astcoord.core.tasks` and the tests call it.
"""

import logging
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.db import Error, InterfaceError, OperationalError, connection
from django.db.models import F, QuerySet
from django.utils import timezone

from astcoord.core import addresses, calendars, documents, emails, pace, relay, sweeping, unreachable, unwritten
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.relay import Answer
from astcoord.core.sweeping import LEASE, unless_cancelled

logger = logging.getLogger(__name__)

DATABASE_AWAY = (OperationalError, InterfaceError)
TRIES = 30
"""At writing an outcome into a database that is away: about a minute."""

NOT_PUT_TOGETHER = "It could not be put together. Whoever runs the service finds in its log why."
WRITE_AGAIN = "Correct the address, or have it written to again."


class Outcome(StrEnum):
    SENT = "sent"
    FAILED = "failed"
    LATER = "later"
    PAUSED = "the relay is left alone"
    FULL = "the relay has had its share of this minute"
    CANCELLED = "what it tells of was withdrawn"
    NOT_OURS = "somebody else's, not due, or done"


def deliver(pk: int) -> Outcome:
    """Send the message `pk` if it is due and nobody else has it in hand. Database errors before the wire are raised."""
    now = timezone.now()
    breaker = relay.state()
    full = pace.room(breaker, now) == 0
    if full or relay.paused(breaker, now) or not _relay_takes(relay.open_line, now):
        Message.objects.filter(pk=pk, status=MessageStatus.QUEUED).update(rung_at=None)
        return Outcome.FULL if full else Outcome.PAUSED
    mine = _claim(pk, now)
    if mine is None:
        return Outcome.NOT_OURS
    ready = _make_ready(mine, pk)
    if isinstance(ready, Outcome):
        return ready
    message, email = ready
    answer, words = relay.send(email)
    # No database call may come between the relay's answer and this one.
    outcome = _record_answer(mine, message, answer, words)
    if answer in (Answer.AWAY, Answer.UNKNOWN):
        relay.trip(timezone.now(), words)
    else:
        relay.mend(breaker)  # also where it did not take this message: it answers
    if answer is Answer.NOBODY:
        unreachable.note(message.to_email, said=words, at=timezone.now())
    return outcome


def sweep(asked_at: datetime | None = None) -> list[int]:
    """Take back what dead workers held, give up what is too old, and return the messages to notify workers of now.

    `asked_at` is when the sweep was asked for, where it came through the broker.
    """
    now = timezone.now()
    unwritten.write_down()
    sweeping.take_back(now)
    sweeping.give_up(now)
    breaker = relay.state()
    if relay.paused(breaker, now):
        return []
    if breaker.failures and not sweeping.tries(now) and _relay_takes(relay.try_sender, now):
        relay.mend(breaker)
    return sweeping.ring(now, asked_at, most=pace.room(breaker, now))


def deliver_all() -> Counter[Outcome]:
    """Send all that is due, here and now: for tests and for commands. Counts what became of each."""
    done: Counter[Outcome] = Counter()
    while due := sweep():
        done.update(deliver(pk) for pk in due)
    return done


def _relay_takes(asked: Callable[[], None], now: datetime) -> bool:
    """Whether the relay answers and takes what is `asked` of it; if not, the breaker trips."""
    try:
        asked()
    except relay.TROUBLE as error:
        relay.hang_up()
        relay.trip(now, relay.reason(error))
        return False
    return True


def _claim(pk: int, now: datetime) -> QuerySet[Message] | None:
    """Take the message for this worker alone, by one conditional UPDATE; the rows that stay ours while the token is."""
    token = uuid.uuid4().hex
    free = Message.objects.filter(sweeping.is_due(now), pk=pk, status=MessageStatus.QUEUED, cancelled_at=None)
    taken = free.update(
        status=MessageStatus.SENDING,
        token=token,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        wire_at=None,
    )
    return Message.objects.filter(pk=pk, token=token, status=MessageStatus.SENDING) if taken else None


def _make_ready(mine: QuerySet[Message], pk: int) -> tuple[Message, EmailMultiAlternatives] | Outcome:
    """What goes over the wire, after the last look; or what became of it instead."""
    try:
        message = mine.first()
        if message is None:
            return Outcome.NOT_OURS
        if back := unreachable.words(message.to_email):
            _record(mine, status=unless_cancelled(MessageStatus.FAILED), error=f"{back}. {WRITE_AGAIN}")
            return Outcome.FAILED
        email = _email(message)
        if not pace.take_turn(timezone.now()):
            _record(mine, status=unless_cancelled(MessageStatus.QUEUED), rung_at=None, attempts=F("attempts") - 1)
            return Outcome.FULL
        # The last look before the wire: the database is there, the claim is still ours, and it is noted that from
        # here on nobody can be sure.
        if not mine.filter(cancelled_at=None).update(wire_at=timezone.now(), lease_until=timezone.now() + LEASE):
            return _stopped(mine)
        return message, email
    except DATABASE_AWAY:
        _record(mine, status=unless_cancelled(MessageStatus.QUEUED), rung_at=None)
        raise
    except ValidationError as error:
        words = f"An e-mail with this address cannot be sent. {addresses.words(error)}."
    except documents.MissingSigns as error:
        words = str(error)
    except Exception:
        logger.exception("Message %s could not be put together.", pk)
        words = NOT_PUT_TOGETHER
    _record(mine, status=unless_cancelled(MessageStatus.FAILED), error=words)
    return Outcome.FAILED


def _stopped(mine: QuerySet[Message]) -> Outcome:
    """Short of the wire: because it was cancelled meanwhile, or because the claim is somebody else's."""
    cancelled = mine.filter(cancelled_at__isnull=False).update(status=MessageStatus.CANCELLED, lease_until=None)
    return Outcome.CANCELLED if cancelled else Outcome.NOT_OURS


def _email(message: Message) -> EmailMultiAlternatives:
    """ValidationError where an address, which an earlier version may have let through, cannot be sent.

    ValueError where a header cannot be written.
    """
    address = addresses.sendable(message.to_email)
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((message.to_name, address)) if message.to_name else address],
        reply_to=[addresses.sendable(message.reply_to)] if message.reply_to else None,
        headers={"Message-ID": message.message_id, "Date": format_datetime(message.queued_at)},
    )
    email.attach_alternative(emails.html(message.subject, message.body), "text/html")
    for attachment in message.messageattachment_set.select_related("document").order_by("pk"):
        email.attach(attachment.filename, documents.pdf(attachment.document), "application/pdf")
    if message.calendar:
        email.attach(_calendar(message.calendar))
    # What Django itself does not put on the wire fails here, and not when it may count as sent.
    email.message().as_bytes()
    for reader in email.recipients():
        sanitize_address(reader, "utf-8")
    return email


def _calendar(text: str) -> MIMEText:
    """A file that calendars open by themselves: they want to know from the header what it asks of them."""
    part = MIMEText(text, "calendar", "utf-8")
    part.set_param("method", calendars.method_of(text))
    part.add_header("Content-Disposition", "attachment", filename="calendar.ics")
    return part


def _record_answer(mine: QuerySet[Message], message: Message, answer: Answer, words: str) -> Outcome:
    now = timezone.now()
    if answer is Answer.TAKEN:
        _record_sent(message, now)
        return Outcome.SENT
    if answer in (Answer.REFUSED, Answer.NOBODY):
        _record(mine, status=unless_cancelled(MessageStatus.FAILED), error=words)
        return Outcome.FAILED
    doubt = {"ambiguous": F("ambiguous") + 1, "reconciled": ""} if answer is Answer.UNKNOWN else {}
    due = now + timedelta(seconds=relay.wait(message.attempts))
    again = unless_cancelled(MessageStatus.QUEUED)
    _record(mine, status=again, rung_at=None, due_at=due, error=words, **doubt)
    return Outcome.LATER


def _record_sent(message: Message, now: datetime) -> None:
    """Even if the lease ran out or it was cancelled meanwhile: sent is sent, to the reader that it was sent to.

    A database that is away finds it in `core.unwritten` when it is back, whatever becomes of this worker.
    """
    # The token is ours until somebody else claims.
    ours = Message.objects.filter(pk=message.pk, token=message.token).exclude(status=MessageStatus.SENT)
    reader = {"to_name": message.to_name, "to_email": message.to_email, "body": message.body}
    facts = {"status": MessageStatus.SENT, "sent_at": now, "error": "", **reader}
    try:
        ours.update(lease_until=None, **facts)
    except Error:  # away, or there and takes nothing: read-only after a fail-over, rights lost
        unwritten.keep(message.pk, message.token)
        _record(ours, **facts)
        unwritten.forget(message.pk, message.token)


def _record(ours: QuerySet[Message], **changes: Any) -> None:
    """Write the outcome, and keep trying for about a minute while the database is away; then its error is raised."""
    for attempt in range(TRIES):
        try:
            ours.update(lease_until=None, **changes)
            return
        except DATABASE_AWAY:
            if connection.in_atomic_block or attempt == TRIES - 1:
                raise
            connection.close()
            time.sleep(min(2.0, 0.1 * 2**attempt))
