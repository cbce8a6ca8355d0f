"""Writes that mean something: statuses, contacts, the calendar. Each with its audit event, or not at all."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.problems import refuse
from schools.calendar.permissions import can_edit
from schools.register import rules
from schools.register.lifecycle import Category, StatusKind
from schools.register.models import School, SchoolStatus

if TYPE_CHECKING:
    from staff.accounts.models import User

CONTACTS = (
    "email",
    "email_is_own",
    "head_name",
    "chair_name",
    "chair_email",
    "teacher_count",
    "specialist_subject",
    "cluster",
)
"""What the office knows of a school and the register does not, or not as well."""

CONTACTS_OF_A_HEAD = ("email", "chair_name", "chair_email")
"""What a headteacher may correct for the own school."""


@transaction.atomic
def add_status(
    school: School, *, name: str, starts_on: date, by: "User", ends_on: date | None = None, note: str = ""
) -> SchoolStatus:
    """Record a category or a programme from a day on (R-1.2). Refused where it would overlap with another."""
    locked = School.objects.select_for_update().get(pk=school.pk)
    kind = StatusKind.CATEGORY if name in Category.values else StatusKind.PROGRAMME
    rows = locked.statuses.filter(kind=kind) if kind == StatusKind.CATEGORY else locked.statuses.filter(name=name)
    row = SchoolStatus(school=locked, kind=kind, name=name, starts_on=starts_on, ends_on=ends_on, note=note)
    refuse(rules.status_problems(row, rows))
    row.save()
    audit.record(f"{row} recorded", locked, by=by, reason=note, after={"first day": starts_on, "last day": ends_on})
    return row


@transaction.atomic
def end_status(row: SchoolStatus, *, ends_on: date, by: "User") -> SchoolStatus:
    """Set or correct the last day of a category or programme (R-1.2); on the day after it no longer holds."""
    school = School.objects.select_for_update().get(pk=row.school_id)
    fresh = school.statuses.get(pk=row.pk)
    refuse(rules.ending_problems(starts_on=fresh.starts_on, ends_on=ends_on))
    same = {"kind": fresh.kind} if fresh.is_category else {"name": fresh.name}
    before, fresh.ends_on = fresh.ends_on, ends_on
    refuse(rules.status_problems(fresh, school.statuses.filter(**same).exclude(pk=fresh.pk)))
    fresh.save(update_fields=["ends_on"])
    audit.record(f"{fresh} ended", school, by=by, before={"last day": before}, after={"last day": ends_on})
    return fresh


@transaction.atomic
def update_contacts(school: School, *, by: "User | None", **changes: Any) -> School:
    """Write contacts that differ from what is stored and audit them (R-1.1). TypeError for unknown names.

    Only the office says that an address is the headteacher's own, which opens an account (R-17.5).
    """
    if unknown := set(changes) - set(CONTACTS):
        raise TypeError(f"not a contact: {', '.join(sorted(unknown))}")
    if "email_is_own" in changes and by is not None and not can_edit(by):
        raise PermissionDenied
    locked = School.objects.select_for_update().get(pk=school.pk)
    changes["email_is_own"] = _is_own(locked, changes, by)
    differing = {name: value for name, value in changes.items() if getattr(locked, name) != value}
    if not differing:
        return locked
    before = {name: _plain(getattr(locked, name)) for name in differing}
    for name, value in differing.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(differing))
    after = {name: _plain(value) for name, value in differing.items()}
    audit.record("School contacts changed", locked, by=by, before=before, after=after)
    return locked


@transaction.atomic
def mark_own(schools: Iterable[School], *, by: "User") -> int:
    """Say of many addresses at once that each is the head's own (R-17.5); of how many that is new. Few statements."""
    if not can_edit(by):
        raise PermissionDenied
    unmarked = School.objects.select_for_update().filter(email_is_own=False).exclude(email="")
    new = list(unmarked.filter(pk__in=[school.pk for school in schools]).order_by("pk"))
    School.objects.filter(pk__in=[school.pk for school in new]).update(email_is_own=True)
    audit.record_each("School contacts changed", [(school, {"email_is_own": True}) for school in new], by=by)
    return len(new)


def _is_own(school: School, changes: dict[str, Any], by: "User | None") -> bool:
    """Whether the address counts as the head's own after these changes; a head's change keeps it for the head alone."""
    email = changes.get("email", school.email).lower()
    if not email:
        return False
    if "email_is_own" in changes:
        return bool(changes["email_is_own"])
    kept = email == school.email.lower() or (by is not None and email == by.email)
    return school.email_is_own and kept


@transaction.atomic
def link_feeder(feeder: School, *, into: School, by: "User") -> None:
    """Record that pupils go on from one school to another (R-1.1). A second time changes nothing."""
    refuse(rules.feeder_problems(feeder, into))
    if not feeder.feeds_into.filter(pk=into.pk).exists():
        feeder.feeds_into.add(into)
        _audit_feeder("recorded", feeder, into, by=by)


@transaction.atomic
def unlink_feeder(feeder: School, *, into: School, by: "User") -> None:
    """Take the link away again. A second time changes nothing."""
    if feeder.feeds_into.filter(pk=into.pk).exists():
        feeder.feeds_into.remove(into)
        _audit_feeder("removed", feeder, into, by=by)


def _audit_feeder(what: str, feeder: School, into: School, *, by: "User") -> None:
    """In the history of both."""
    for school in (feeder, into):
        audit.record(f"Feeder link {what}", school, by=by, after={"from": feeder.name, "to": into.name})


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int) else str(value)
