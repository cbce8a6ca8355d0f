"""This floor's lines of the retention schedule: messages, sign-ins, history, documents (section G)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from astcoord.core import periods, protected
from astcoord.core.addresses import same
from astcoord.core.models.bounces import BounceRead, Unreachable
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.loading import KEPT, PendingUpload
from astcoord.core.models.messages import REMOVED, Message, MessageStatus
from astcoord.core.models.posted import Posted
from astcoord.core.models.tries import Tries
from astcoord.core.retention import Line, deleting
from astcoord.core.words import say_later

NOW = periods.SCHEDULE[-1]
OVER = (MessageStatus.SENT, MessageStatus.FAILED, MessageStatus.CANCELLED)


def old_messages(today: date) -> QuerySet[Message]:
    """Messages that are done with and whose text is over its time."""
    first = _start_of(periods.months_before(today, periods.in_force(today).message_months))
    return Message.objects.filter(status__in=OVER, queued_at__lt=first).exclude(body=REMOVED)


def remove_texts(today: date) -> int:
    """The row stays: its key keeps a letter from going out twice, and it shows that a message went, where and when."""
    return old_messages(today).update(body=REMOVED, calendar="", to_name="", error="")


def forget_readers(addresses: Iterable[str], names: Sequence[str]) -> None:
    """The same before its time, address and all, for readers who are to be forgotten; what is still to go, stays."""
    wanted = {address.casefold() for address in addresses if address}
    Unreachable.objects.filter(address__in={same(address) for address in wanted}).delete()
    for message in Message.objects.filter(status__in=OVER).annotate(to=Lower("to_email")).filter(to__in=wanted):
        subject = protected.redacted(message, "subject", names)  # readers are told their own name
        key = re.sub(re.escape(message.to_email), f"reader {message.pk}", message.key, flags=re.IGNORECASE)
        Message.objects.filter(pk=message.pk).update(
            body=REMOVED, calendar="", to_name="", error="", to_email="", subject=subject, key=key
        )


def over_sessions(today: date) -> QuerySet[Session]:
    """Sign-ins that have run out."""
    return Session.objects.filter(expire_date__lt=timezone.now())


def end_sessions(today: date) -> int:
    """Delete them, and with them where and with what browser people were signed in."""
    count: int = over_sessions(today).delete()[0]
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return count


def old_uploads(today: date) -> QuerySet[PendingUpload]:
    """Lists that were sent yesterday or earlier, and neither stored whole nor put aside."""
    return PendingUpload.objects.filter(at__lt=_start_of(today - timedelta(days=1)))


def old_posts(today: date) -> QuerySet[Posted]:
    """Forms that were sent more than a week ago: nobody goes back to them."""
    return Posted.objects.filter(at__lt=_start_of(today - timedelta(days=7)))


def old_tries(today: date) -> QuerySet[Tries]:
    """Counts of tries whose time is over."""
    return Tries.objects.filter(until__lt=timezone.now())


def old_history(today: date) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Audit rows and status changes over their time; the database lets go of these and of no others."""
    first = _start_of(periods.years_before(today, periods.in_force(today).audit_years))
    return AuditEvent.objects.filter(at__lt=first), Transition.objects.filter(at__lt=first)


def old_bounces(today: date) -> tuple[QuerySet[Unreachable], QuerySet[BounceRead]]:
    """Addresses that are tried again, and reports that nobody reads a second time."""
    first = _start_of(periods.months_before(today, periods.in_force(today).message_months))
    return Unreachable.objects.filter(since__lt=first), BounceRead.objects.filter(at__lt=first)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


LINES = (
    Line(
        what="Text of e-mails that the service sent",
        whose=say_later("Headteachers, ASTs, chairs of governors, the office"),
        why="To show what somebody was told, and to send again what a mail server lost",
        how_long=f"{NOW.message_months} months",
        then="The text and the reader’s name are removed. The subject, the address, the day and the attached "
        "document’s reference stay, so that no letter goes out twice.",
        seen_by=say_later("Co-ordinator"),
        order=60,
        due=lambda today: old_messages(today).count(),
        apply=remove_texts,
    ),
    Line(
        what="Addresses at which e-mail comes back",
        whose="Everybody who is written to",
        why="Not to write to a mailbox that is not there, and to tell the office",
        how_long=f"{NOW.message_months} months; of supported staff, as long as their names at most",
        then="Deleted: the address is written to again.",
        seen_by=say_later("Co-ordinator, administrator"),
        order=61,
        due=lambda today: sum(rows.count() for rows in old_bounces(today)),
        apply=lambda today: sum(rows.delete()[0] for rows in old_bounces(today)),
    ),
    Line(
        what="Sign-ins, and for an hour what somebody sent when theirs had ended",
        whose="Everybody with an account",
        why="To keep people signed in, and to let them see and end their own sessions",
        how_long=f"{NOW.sign_in_hours} hours",
        then="The session ends and is deleted.",
        seen_by="The person alone",
        order=70,
        due=lambda today: over_sessions(today).count(),
        apply=end_sessions,
    ),
    deleting(
        old_uploads,
        what=KEPT,
        whose=say_later("Headteachers, chairs of governors, ASTs: whoever is in the file"),
        why="To show what would change before it is stored, and to give refused rows back",
        how_long="Until it is stored or put aside, a day or two at most",
        then="Deleted.",
        seen_by="Whoever sent it, alone",
        rule="R-17.2",
        order=65,
    ),
    deleting(
        old_posts,
        what="That a form was sent, when, and which page it led to; nothing that was written in it",
        whose="Everybody with an account",
        why="To do once what is sent twice: by a double click, from two tabs, or by a browser that tries again",
        how_long="7 days",
        then="Deleted.",
        seen_by="Nobody",
        rule="R-17.11",
        order=66,
    ),
    deleting(
        old_tries,
        what="How often a code was asked for or tried, without the code and without whose it is",
        whose="Everybody who signs in",
        why="So that nobody finds a code by trying many",
        how_long="An hour at most",
        then="Deleted in the night.",
        seen_by="Nobody",
        order=71,
    ),
    Line(
        what="Audit trail and status changes",
        whose="Everybody who acts in the service",
        why="To show who decided, signed, overrode, exported or looked at what, when and why. Nobody can change "
        "it, and supported staff are not named in it.",
        how_long=f"{NOW.audit_years} years",
        then="Deleted. Until then the database itself refuses to change or delete a row.",
        seen_by=say_later("Co-ordinator; each person through a subject-access request"),
        rule="R-16.3",
        order=90,
        due=lambda today: sum(rows.count() for rows in old_history(today)),
        apply=lambda today: sum(rows.delete()[0] for rows in old_history(today)),
    ),
)
