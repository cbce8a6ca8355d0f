"""What this floor holds on a person: the trail of what they did, and the messages to their address."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from astcoord.core import personal
from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.personal import Row, Section, Subject, kind_and_number
from astcoord.core.signed_links import without_tokens


def register() -> None:
    """Called when the software starts."""
    personal.register(collect)


def collect(subject: Subject) -> Iterator[Section]:
    """Audit rows by and about the person, status changes by them, documents made by them, messages to them."""
    if subject.user is not None:
        yield Section("What you did", [_deed(event) for event in _of(AuditEvent, subject.user)])
        yield Section("What was recorded about you", [_about(event) for event in _about_user(subject.user)])
        yield Section("Stages that you moved on", [_stage(row) for row in _of(Transition, subject.user)])
        documents = Document.objects.filter(by=subject.user).order_by("pk")
        yield Section("Documents that you had made", [{"title": d.title, "made": d.created_at} for d in documents])
    if subject.email:
        messages = Message.objects.filter(to_email__iexact=subject.email)
        yield Section("E-mails to your address", [_message(each) for each in messages])


def _of(model: Any, user: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(by=user).select_related("about_type").order_by("pk")
    return found


def _about_user(user: Any) -> QuerySet[AuditEvent]:
    kind = ContentType.objects.get_for_model(type(user))
    return AuditEvent.objects.filter(about_type=kind, about_id=user.pk).select_related("by").order_by("pk")


def _deed(event: AuditEvent) -> Row:
    """Without before and after: what changed is often about somebody else."""
    return {"when": event.at, "what": event.verb, "thing": kind_and_number(event), "from address": event.where_from}


def _about(event: AuditEvent) -> Row:
    return {
        "when": event.at,
        "what": event.verb,
        "by": str(event.by or "the system"),
        "reason": event.reason,
        "before": event.before,
        "after": event.after,
    }


def _stage(row: Transition) -> Row:
    return {"when": row.at, "thing": kind_and_number(row), "from": row.source, "to": row.target}


def _message(message: Message) -> Row:
    return {
        "to": message.to_email,
        "name": message.to_name,
        "subject": message.subject,
        "text": without_tokens(message.body),
        "queued": message.queued_at,
        "sent": message.sent_at,
        "status": message.get_status_display(),
    }
