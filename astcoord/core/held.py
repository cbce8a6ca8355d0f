"""What this floor holds on a person: the trail of what they did, and the messages to their address."""

from collections.abc import Iterable
from typing import Any

from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.signed_links import without_tokens
from astcoord.core.subject_access import Shown, Subject, by_account, kind_and_number


def _about_account(subject: Subject) -> Iterable[Any]:
    return AuditEvent.objects.about(subject.user).select_related("by").order_by("pk") if subject.user else []


def _messages(subject: Subject) -> Iterable[Any]:
    return Message.objects.filter(to_email__iexact=subject.email) if subject.email else []


SECTIONS = (
    Shown(
        "What you did",  # without before and after: what changed is often about somebody else
        by_account(AuditEvent, "by", order="pk"),
        "when: at; what: verb; thing; from address: where_from",
        {"thing": kind_and_number},
    ),
    Shown(
        "What was recorded about you",
        _about_account,
        "when: at; what: verb; by; reason; before; after",
        {"by": lambda event, _: str(event.by or "the system")},
    ),
    Shown(
        "Stages that you moved on",
        by_account(Transition, "by", order="pk"),
        "when: at; thing; from: source; to: target",
        {"thing": kind_and_number},
    ),
    Shown("Documents that you had made", by_account(Document, "by", order="pk"), "title; made: created_at"),
    Shown(
        "E-mails to your address",
        _messages,
        "to: to_email; name: to_name; subject; text; queued: queued_at; sent: sent_at; status: get_status_display",
        {"text": lambda message, _: without_tokens(message.body)},
    ),
)
