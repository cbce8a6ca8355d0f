"""E-mail by GOV.UK Notify, through django-gov-notify: what our messages become there, and what its answers mean here.

Notify makes the HTML itself, from the text, and takes a file only as a link in the text, one a message, up to 2 MB. It
takes no file for calendars: that is left out. Sender and reply address are those of the service's page at Notify. Its
answers become those of a mail relay, so that `core.relay` and all that follows need not know whom they speak to.
"""

import smtplib
from collections.abc import Sequence
from email.utils import parseaddr
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.mail.message import EmailMessage
from django_gov_notify.backends import NotifyEmailBackend
from django_gov_notify.message import NotifyEmailMessage
from notifications_python_client.errors import APIError, TokenError
from notifications_python_client.utils import prepare_upload

PDF = "application/pdf"
REFUSED, LATER, NOT_LET_IN = 554, 451, 535
KEY_OR_CLOCK = (401, 403)


class EmailBackend(NotifyEmailBackend):
    """Sends each message by the template of the service, with one for messages that bring a paper."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken; else an error as a mail relay gives it, in words that name nobody."""
        try:
            sent: int = super().send_messages([as_notify(message) for message in email_messages])
        except TokenError:
            raise smtplib.SMTPAuthenticationError(NOT_LET_IN, b"Notify does not accept the key") from None
        except APIError as error:
            raise answer(error.status_code, lost=error.response is None) from None
        return sent


def as_notify(message: EmailMessage) -> NotifyEmailMessage:
    """One of our messages as Notify takes it; refused if it brings more than a paper, or one that is too large."""
    to = [parseaddr(address)[1] for address in message.to]
    papers = [part for part in message.attachments if isinstance(part, tuple) and part[2] == PDF]
    if not papers:
        return NotifyEmailMessage(subject=message.subject, body=message.body, to=to)
    if len(papers) > 1:
        raise smtplib.SMTPDataError(REFUSED, b"Notify takes one paper a message, and this has more")
    data = papers[0][1]
    facts: dict[str, Any] = {"subject": message.subject, "body": message.body}
    try:
        facts["paper"] = prepare_upload(BytesIO(bytes(data)))  # type: ignore[no-untyped-call]
    except ValueError:
        raise smtplib.SMTPDataError(REFUSED, b"The paper is larger than Notify takes (2 MB)") from None
    return NotifyEmailMessage(to=to, template_id=settings.GOVUK_NOTIFY_PAPER_TEMPLATE_ID, personalisation=facts)


def answer(status: int, *, lost: bool) -> Exception:
    """What a relay would have said. `lost`: the line broke, so that Notify may have taken it."""
    if lost:
        return ConnectionError("Notify did not answer")
    if status in KEY_OR_CLOCK:
        return smtplib.SMTPAuthenticationError(NOT_LET_IN, b"Notify does not accept the key")
    if status == 429 or status >= 500:
        return smtplib.SMTPDataError(LATER, b"Notify takes no more for now")
    return smtplib.SMTPDataError(REFUSED, b"Notify does not take this message (%d)" % status)
