"""The authority's list of priorities, and which of them a placement serves (R-14.1)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from placements.priorities import reads, rules
from placements.priorities.models import Priority
from staff.accounts import permissions

FIELDS = ("kind", "reference", "name", "first_year", "last_year")


@transaction.atomic
def save(*, priority: Priority | None = None, by: Any, **fields: Any) -> Priority:
    """Put a priority on the list, or word one better: all of `FIELDS`. The audit trail keeps what it said before."""
    _office(by)
    row = Priority.objects.select_for_update().get(pk=priority.pk) if priority else Priority()
    before = _told(row) if row.pk else {}
    for name in FIELDS:
        setattr(row, name, fields[name])
    others = Priority.objects.filter(retired_on=None).exclude(pk=row.pk)
    if row.retired_on is None:
        refuse(rules.listed_problems(reads.listed(row), map(reads.listed, others)))
    after = {what: words for what, words in _told(row).items() if before.get(what) != words}
    if after:
        row.save()
        verb = "priority: changed" if before else "priority: added"
        audit.record(verb, row, by=by, before={what: before[what] for what in after if before}, after=after)
    return row


def _told(row: Priority) -> dict[str, str]:
    """What it says, in words that its history can show."""
    kind = str(row.get_kind_display())
    return {"where from": kind, "number": row.reference, "priority": row.name, "school years": row.years}


@transaction.atomic
def retire(*, priority: Priority, by: Any) -> Priority:
    """Offer it no longer. Whatever is linked to it stays linked, and its days stay counted."""
    _office(by)
    row = Priority.objects.select_for_update().get(pk=priority.pk)
    if row.retired_on is None:
        row.retired_on = today()
        row.save(update_fields=["retired_on"])
        audit.record("priority: retired", row, by=by)
    return row


@transaction.atomic
def bring_back(*, priority: Priority, by: Any) -> Priority:
    """Offer a retired one again, unless another has taken its place."""
    _office(by)
    row = Priority.objects.select_for_update().get(pk=priority.pk)
    if row.retired_on is not None:
        others = Priority.objects.filter(retired_on=None)
        refuse(rules.listed_problems(reads.listed(row), map(reads.listed, others)))
        row.retired_on = None
        row.save(update_fields=["retired_on"])
        audit.record("priority: brought back", row, by=by)
    return row


@transaction.atomic
def remove(*, priority: Priority, by: Any) -> None:
    """Take away one that nobody has used. One that is in use is retired instead."""
    _office(by)
    row = Priority.objects.select_for_update().get(pk=priority.pk)
    if Priority.objects.used().filter(pk=row.pk).exists():
        message = "A request or a placement is linked to this priority. Retire it instead."
        raise Refused([Problem(message, rule="R-14.1", code="used")])
    audit.record("priority: removed", row, by=by, before=_told(row))
    row.delete()


def _office(by: Any) -> None:
    if not permissions.is_office(by):
        raise PermissionDenied("keep the priorities")
