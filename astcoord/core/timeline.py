"""What happened to one thing, newest first, as the `{% timeline %}` tag wants it."""

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from astcoord.core import shown
from astcoord.core.audit import VIEWED
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.wording import date_words
from astcoord.core.words import say

if TYPE_CHECKING:
    from staff.accounts.models import User

SYSTEM = "the system"
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def events(
    obj: models.Model, *, reader: "User", verbs: Collection[str] = (), untold: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Every status change of `obj`: dicts with `title`, `when`, `by` and `text`; one query, two with `verbs`.

    Names of supported staff are taken out of history as it is written; for a `reader` who may not know them so are
    those of people who were entered later.

    `verbs` names audit events to tell beside them ("contract: change of terms"). Everything else in the audit trail
    stays there: views of declarations and such like are not for everybody who may read the page. Of those in `untold`
    this reader is told that they happened, not their words.
    """
    found = [_of_transition(obj, row) for row in Transition.objects.about(obj).select_related("by", "done_for")]
    if verbs:
        audited = AuditEvent.objects.about(obj).filter(verb__in=list(verbs)).select_related("by", "done_for")
        found += [_audited(row, tells=row.verb not in untold) for row in audited]
    told = shown.teller(reader, obj)
    found = [{**event, "text": told(event["text"])} for event in found]
    return sorted(found, key=lambda event: event["when"], reverse=True)


def trail(
    obj: models.Model,
    *,
    reader: "User",
    without: Collection[str] = (),
    only: Collection[str] = (),
    latest: int = 30,
) -> list[dict[str, Any]]:
    """The audit trail of `obj` with what changed, for the office; one query. Who looked at it is not part of it.

    With `only`, no other verbs are told: a part of the history for those who may read that part.
    """
    found = AuditEvent.objects.about(obj).exclude(verb__startswith=VIEWED).exclude(verb__in=list(without))
    found = found.filter(verb__in=list(only)) if only else found
    told = shown.teller(reader, obj)
    return [
        {**_event(say(row.verb), row), "changes": _changes(told(row.before), told(row.after))}
        for row in found.select_related("by", "done_for")[:latest]
    ]


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """All but the status, whose words are the title already."""
    keys = dict.fromkeys(key for key in [*before, *after] if key != "status")
    return [(key, _words(before.get(key)), _words(after.get(key))) for key in keys]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        with suppress(ValueError):
            return date_words(date.fromisoformat(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")


def _of_transition(obj: Any, row: Transition) -> dict[str, Any]:
    """The state reached says more than the name of the button; a state no longer in the table keeps its code."""
    words = dict(type(obj).machine.states.choices)
    return _event(str(words.get(row.target, row.target)), row)


def _audited(row: AuditEvent, *, tells: bool) -> dict[str, Any]:
    verb = say(row.verb)
    event = _event(verb[:1].upper() + verb[1:], row)
    return event if tells else {**event, "text": ""}


def _event(title: str, row: Any) -> dict[str, Any]:
    return {"title": title, "when": row.at, "by": row.who or SYSTEM, "text": row.reason}
