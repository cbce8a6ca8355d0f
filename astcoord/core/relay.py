"""The mail relay: one connection per process, what its answers mean, and the circuit breaker that all workers share."""

import logging
import os
import random
import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import sanitize_address
from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import Coalesce

from astcoord.core.models.messages import RelayState
from astcoord.core.unreachable import is_for_good

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 180
LONGEST_WAIT = 600
CLOCKS_APART = timedelta(seconds=5)
"""By how much the clocks of two machines may differ before one of them counts as wrong."""
TROUBLE = (OSError, smtplib.SMTPException)  # SMTPException is an OSError; named for the reader
REASONS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "it does not accept the service’s user name and password"),
    (smtplib.SMTPSenderRefused, "it does not accept e-mail from the service’s address"),
    (smtplib.SMTPNotSupportedError, "it does not offer the encryption or the way of signing in that is set up"),
    (smtplib.SMTPServerDisconnected, "it ended the connection in the middle"),
    (smtplib.SMTPException, "it is not ready to take e-mail"),
    (ssl.SSLError, "its certificate or its encryption is not accepted"),
    (socket.gaierror, "no machine of its name is found"),
    (TimeoutError, "it does not answer"),
    (ConnectionRefusedError, "no mail server answers at its address"),
    (ConnectionError, "it ended the connection in the middle"),
    (OSError, "it cannot be reached"),
)
"""The first that fits."""

_local = threading.local()


class Answer(Enum):
    """What became of one message at the relay."""

    TAKEN = "taken"
    LATER = "later"  # this message not now (4xx); others may pass
    REFUSED = "refused"  # this message never (5xx)
    NOBODY = "nobody"  # this reader never: there is no such mailbox
    AWAY = "away"  # the relay itself is in trouble, and did not take the message
    UNKNOWN = "unknown"  # the line broke while we spoke: it may have taken the message


def open_line() -> None:
    """Make sure the relay answers, before anything is claimed or printed. Raises one of `TROUBLE`."""
    line = _line()
    session = getattr(line, "connection", None)
    if isinstance(session, smtplib.SMTP) and not _alive(session):
        hang_up()
        line = _line()
    line.open()


def try_sender() -> None:
    """Ask on an open line whether the relay takes e-mail from us, and send none. Raises one of `TROUBLE`."""
    open_line()
    session = getattr(_line(), "connection", None)
    if isinstance(session, smtplib.SMTP):
        sender = sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8")
        session.ehlo_or_helo_if_needed()
        code, words = session.mail(sender)
        session.rset()
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, words, sender)


def send(message: EmailMessage) -> tuple[Answer, str]:
    """Hand one message over on the open line; what the relay answered, and its words."""
    try:
        _line().send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        said = _text(words)
        return Answer.NOBODY if is_for_good(code, said) else _answer_for(code), f"{code} {said}"
    except smtplib.SMTPDataError as error:
        return _answer_for(error.smtp_code), f"{error.smtp_code} {_text(error.smtp_error)}"
    except smtplib.SMTPResponseException as error:
        if _is_too_large(error):
            return Answer.REFUSED, f"{error.smtp_code} {_text(error.smtp_error)}"
        # About us or about the relay (sender, sign-in, greeting), not about this message.
        hang_up()
        return Answer.AWAY, reason(error)
    except TROUBLE as error:
        hang_up()
        return Answer.UNKNOWN, reason(error)
    return Answer.TAKEN, ""


def hang_up() -> None:
    """Forget this process's connection; the next message opens a new one."""
    line, _local.line = getattr(_local, "line", None), None
    if line is not None and getattr(_local, "pid", None) == os.getpid():
        with suppress(*TROUBLE):
            line.close()


def state() -> RelayState:
    """The circuit breaker's one row (unsaved while nothing has ever gone wrong)."""
    return RelayState.objects.filter(pk=1).first() or RelayState(pk=1)


def paused(breaker: RelayState, now: datetime) -> bool:
    """Whether everybody leaves the relay alone for the moment. A longer pause than there is comes of a wrong clock."""
    return breaker.paused_until is not None and now < breaker.paused_until <= _end_of_the_longest(now)


def reason(error: Exception) -> str:
    """Why the relay took nothing, in words for the office: none of the relay's own, which may name people."""
    found = next((words for kind, words in REASONS if isinstance(error, kind)), "of an error that we do not know")
    code = getattr(error, "smtp_code", None)
    return f"{found} (it answered {code})" if code else found


def is_about_the_relay(error: Exception) -> bool:
    """Whether the relay is in trouble, rather than one message refused or put off."""
    return not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)


def trip(now: datetime, why: str = "it cannot be reached") -> None:
    """The relay is away: let nobody try for a while, longer each time, a few minutes at most."""
    breaker, _ = RelayState.objects.get_or_create(pk=1)
    RelayState.objects.filter(pk=1).update(away_since=Coalesce("away_since", Value(now, DateTimeField())), reason=why)
    until = now + timedelta(seconds=wait(breaker.failures + 1, longest=LONGEST_PAUSE))
    open_again = Q(paused_until__isnull=True) | Q(paused_until__lte=now) | Q(paused_until__gt=_end_of_the_longest(now))
    if RelayState.objects.filter(open_again, pk=1).update(failures=F("failures") + 1, paused_until=until):
        logger.warning("The mail relay does not answer; trying again at %s.", until.isoformat(timespec="seconds"))


def mend(breaker: RelayState) -> None:
    """The relay took a message, or said that it does not want it: close the circuit, if it was ever open."""
    if breaker.failures:
        RelayState.objects.filter(pk=1).update(failures=0, paused_until=None, away_since=None, reason="")


def wait(attempt: int, *, longest: float = LONGEST_WAIT) -> float:
    """Seconds to wait after the n-th failure: doubling, with jitter so that a thousand letters do not come at once."""
    return random.uniform(0.5, 1) * min(longest, 2.0 ** min(attempt, 20))  # noqa: S311 (not a secret)


def _end_of_the_longest(now: datetime) -> datetime:
    return now + timedelta(seconds=LONGEST_PAUSE) + CLOCKS_APART


def _line() -> Any:
    if getattr(_local, "line", None) is None or _local.pid != os.getpid():
        _local.line, _local.pid = get_connection(), os.getpid()
    return _local.line


def _alive(session: smtplib.SMTP) -> bool:
    try:
        return session.noop()[0] == 250
    except TROUBLE:
        return False


def _is_too_large(error: smtplib.SMTPResponseException) -> bool:
    """Whether the relay refuses this message alone: it is told the size together with the sender (RFC 1870)."""
    too_large = error.smtp_code == 552 or "5.3.4" in _text(error.smtp_error).split()
    return isinstance(error, smtplib.SMTPSenderRefused) and too_large


def _answer_for(code: int) -> Answer:
    return Answer.REFUSED if code >= 500 else Answer.LATER


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
