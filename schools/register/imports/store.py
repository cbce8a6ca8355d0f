"""Compare what was read with what is stored, show the difference, and store it in one go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from astcoord.core import audit
from astcoord.core.turns import one_after_the_other
from schools.register.imports.names import tell_apart
from schools.register.imports.register import Reading, SchoolRow
from schools.register.models import School

if TYPE_CHECKING:
    from staff.accounts.models import User

AT_ONCE = 500
"""Rows in one statement: SQLite takes 32,766 values, and a school has about thirty."""


@dataclass(frozen=True)
class Change:
    """What would change in one school: (field, before, after)."""

    school: School
    fields: list[tuple[str, Any, Any]]
    head_kept: str = ""
    """Whom the register names as head, where the office's own entry stays."""

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """For people: the field's name, and what it held and will hold; what is kept for comparing is left out."""
        return [
            (str(column.verbose_name), _words(before), _words(after))
            for name, before, after in self.fields
            for column in [_column(name)]
            if column.editable
        ]


@dataclass
class Difference:
    """A file against the database."""

    created: list[School] = field(default_factory=list)
    updated: list[Change] = field(default_factory=list)
    closed: list[School] = field(default_factory=list)
    unchanged: int = 0
    skipped: int = 0
    errors: int = 0

    def counts(self) -> dict[str, int]:
        """For the last line of the command, and the audit trail."""
        return {
            "created": len(self.created),
            "updated": len(self.updated),
            "unchanged": self.unchanged,
            "closed": len(self.closed),
            "skipped": self.skipped,
            "errors": self.errors,
        }

    def __str__(self) -> str:
        return " ".join(f"{name}={number}" for name, number in self.counts().items())


def compare(reading: Reading) -> Difference:
    """What storing `reading` would do. Schools that the file does not name are left alone."""
    difference = Difference(skipped=reading.skipped, errors=len(reading.errors))
    stored = _stored(row.urn for row in reading.rows)
    for row in reading.rows:
        school = stored.get(row.urn)
        if school is None:
            head = row.values.get("register_head_name", "")
            difference.created.append(School(name=row.values["register_name"], head_name=head, **row.values))
            continue
        was_open = school.is_open
        office_head = _office_head(row, school)
        if changes := _apply(row, school, keep_head=bool(office_head)):
            difference.updated.append(Change(school, changes, office_head))
            if was_open and not school.is_open:
                difference.closed.append(school)
        else:
            difference.unchanged += 1
    return difference


@transaction.atomic
def store(reading: Reading, *, by: "User | None") -> Difference:
    """Store what was read: all of it or nothing. The office's own fields are never touched.

    Of two people with the same file the second changes nothing more.
    """
    one_after_the_other("import of the register")
    difference = compare(reading)
    School.objects.bulk_create(difference.created, batch_size=AT_ONCE)
    fields = sorted({name for change in difference.updated for name, _, _ in change.fields} | {"name_key"})
    if difference.updated:
        School.objects.bulk_create(
            [change.school for change in difference.updated],
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["urn"],
            update_fields=fields,
        )
    tell_apart()
    if difference.created or difference.updated:
        audit.record("Schools imported from the register", None, by=by, after=difference.counts())
    return difference


def _stored(urns: Iterable[int]) -> dict[int, School]:
    wanted = list(urns)
    found: dict[int, School] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= School.objects.in_bulk(wanted[start : start + AT_ONCE], field_name="urn")
    return found


def _office_head(row: SchoolRow, school: School) -> str:
    """The register's new head, where the office has entered another itself: that entry stays, and this is said."""
    head: str = row.values.get("register_head_name", "")
    entered = school.head_name not in ("", school.register_head_name)
    return head if entered and head not in ("", school.register_head_name, school.head_name) else ""


def _apply(row: SchoolRow, school: School, *, keep_head: bool) -> list[tuple[str, Any, Any]]:
    """Set on `school` what differs. A head whom the office has entered stays."""
    changes = []
    values = dict(row.values)
    if values["register_name"] != school.register_name:
        values["name"] = values["register_name"]
    head = values.get("register_head_name")
    if head is not None and head != school.register_head_name:
        untouched = school.head_name == school.register_head_name
        if untouched or (head and not keep_head):
            values["head_name"] = head
    for name, value in values.items():
        before = getattr(school, name)
        if before != value:
            changes.append((name, before, value))
            setattr(school, name, value)
    return changes


def _column(name: str) -> "models.Field[Any, Any]":
    found: models.Field[Any, Any] = School._meta.get_field(name)  # type: ignore[assignment]
    return found


def _words(value: Any) -> str:
    return "nothing" if value in (None, "") else str(value)
