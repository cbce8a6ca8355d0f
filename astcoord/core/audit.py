"""The audit trail (R-16.3): who did what to which thing, when, from where, and what changed."""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import models, transaction

from astcoord.core import words
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent

if TYPE_CHECKING:
    from staff.accounts.models import User

VIEWED = "Viewed: "
EXPORTED = "Exported: "

AT_ONCE = 500
"""Rows in one statement: SQLite has an upper limit on values."""

where_from: ContextVar[str] = ContextVar("where_from", default="")
"""The address of the person at the other end, set by the middleware; empty for scheduled work."""


def record(
    verb: str,
    obj: models.Model | None,
    *,
    by: "User | None",
    reason: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one event in the caller's transaction. `by=None` is the system itself.

    Names of supported staff are left out as the row is written, because it can never be edited (`AppendOnly`).
    """
    event = _event(verb, obj, by=by, reason=reason, before=before, after=after)
    event.save()
    return event


def record_each(verb: str, told: Iterable[tuple[models.Model, dict[str, Any]]], *, by: "User | None") -> None:
    """The same event for many things, each with what it is afterwards, in a few statements however many they are."""
    events = [_event(verb, obj, by=by, after=after) for obj, after in told]
    AuditEvent.objects.bulk_create(events, batch_size=AT_ONCE)


def _event(
    verb: str,
    obj: models.Model | None,
    *,
    by: "User | None",
    reason: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEvent:
    return AuditEvent(
        verb=words.written(verb)[:200],
        about=obj,
        by=by,
        done_for_id=by.stands_in_for_id if by else None,
        reason=reason,
        before=words.said(before or {}),
        after=words.said(after or {}),
        where_from=where_from.get(),
    )


def viewed(obj: models.Model | None, *, by: "User", what: str) -> None:
    """Note that somebody looked at data marked * in section G: one row per person, thing and day (R-16.3).

    `what` says what was looked at: "declarations", "assessment and funding".
    """
    verb = f"{VIEWED}{what}"[:200]
    seen = AuditEvent.objects.filter(verb=verb, by=by, at__date=today())
    seen = seen.filter(about_type=None) if obj is None else seen.about(obj)
    if seen.exists():
        return
    with transaction.atomic():
        # Two tabs opened at once: the second waits here, and then finds the first one's row.
        get_user_model().objects.select_for_update().get(pk=by.pk)
        if not seen.all().exists():
            record(verb, obj, by=by)


def exported(name: str, *, by: "User", rows: int, filters: dict[str, Any] | None = None) -> AuditEvent:
    """Note that somebody took a list away as a file: which, how many rows, and what was chosen (R-16.3)."""
    facts = {"rows": rows, **({"filters": filters} if filters else {})}
    return record(f"{EXPORTED}{name}", None, by=by if by.pk else None, after=facts)
