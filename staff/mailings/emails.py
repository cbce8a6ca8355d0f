"""What the office writes to several people, as e-mails (R-20.12)."""

from collections.abc import Iterable
from typing import Any

from astcoord.core import emails, outbox, policy
from astcoord.core.emails import Copy, Reader
from staff.mailings.models import Mailing

TEMPLATE = "staff/mailings/emails/mailing.txt"
KIND = "mailing"


def send(mailing: Mailing, readers: Iterable[Reader]) -> None:
    """One message to each reader."""
    facts = _facts(mailing.subject, mailing.text)
    emails.send_all(TEMPLATE, [Copy(to, f"mailing:{mailing.pk}:{to.key}", mailing, facts) for to in readers])


def preview(subject: str, text: str, to: Reader) -> tuple[str, str]:
    """Subject and text as this reader gets them."""
    return emails.render(TEMPLATE, to=to, authority=policy.in_force(), **_facts(subject, text))


def withdraw(mailing: Mailing) -> int:
    """What has not gone of it does not go; how many messages."""
    return outbox.cancel_about(mailing, kind=KIND)


def _facts(subject: str, text: str) -> dict[str, Any]:
    return {"heading": subject, "written": text}
