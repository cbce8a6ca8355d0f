"""The office's own list of contacts, by URN: the national register has no e-mail addresses (R-1.1)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from astcoord.core.tablefile import Row, RowError, read, unusable
from astcoord.core.tablefile.cells import whole_number
from schools.register.actions import update_contacts
from schools.register.models import School

if TYPE_CHECKING:
    from staff.accounts.models import User

WHAT = "a file of contacts with the columns URN and email"
NEEDED = ("urn", "email")
FIELDS = ("email", "head_name", "chair_name", "chair_email")
ADDRESSES = ("email", "chair_email")
LONGEST = {field.name: field.max_length or 0 for field in School._meta.fields if field.name in FIELDS}
AT_ONCE = 500


@dataclass(frozen=True)
class Contact:
    """One row: what it says of one school. An empty cell says nothing and is not here."""

    line: int
    urn: int
    values: dict[str, str]


@dataclass
class Contacts:
    """A file, read."""

    rows: list[Contact] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"contacts": [asdict(row) for row in self.rows], "errors": [asdict(error) for error in self.errors]}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Contacts":
        """The same again; KeyError if something else was stored."""
        return cls([Contact(**row) for row in stored["contacts"]], [RowError(**error) for error in stored["errors"]])


@dataclass(frozen=True)
class ContactChange:
    """What would change at one school: (field, before, after)."""

    school: School
    fields: list[tuple[str, str, str]]

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """With the fields' names for people."""
        label = School._meta.get_field
        return [(str(label(name).verbose_name), before, after) for name, before, after in self.fields]  # type: ignore[union-attr]


@dataclass
class ContactDifference:
    """A file against the database."""

    updated: list[ContactChange] = field(default_factory=list)
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)

    def __str__(self) -> str:
        return f"updated={len(self.updated)} unchanged={self.unchanged} errors={len(self.errors)}"


def read_contacts(data: bytes | BinaryIO) -> Contacts:
    """The rows, and an error for each that cannot be used. Columns are found by name, in any case and order."""
    table = read(data, what=WHAT, names=(*NEEDED, *FIELDS))
    names = {column.lower(): column for column in table.columns}
    if missing := [name for name in NEEDED if name not in names]:
        raise unusable(f"The file has no column {' or '.join(missing)}: choose {WHAT}.")
    found = Contacts()
    seen: dict[int, int] = {}
    for row in table.rows():
        each = row if isinstance(row, RowError) else _contact(row, names)
        if isinstance(each, Contact) and each.urn in seen:
            each = RowError(each.line, f"URN {each.urn} is in row {seen[each.urn]} already: keep one of the two.")
        if isinstance(each, RowError):
            found.errors.append(each)
        else:
            seen[each.urn] = each.line
            found.rows.append(each)
    return found


def compare(contacts: Contacts) -> ContactDifference:
    """What storing would do; schools that we do not know are errors."""
    difference = ContactDifference(errors=list(contacts.errors))
    schools = _schools([row.urn for row in contacts.rows])
    for row in contacts.rows:
        school = schools.get(row.urn)
        if school is None:
            difference.errors.append(RowError(row.line, f"no school has URN {row.urn}: import the register first."))
            continue
        changes = [(n, getattr(school, n), v) for n, v in row.values.items() if getattr(school, n) != v]
        if changes:
            difference.updated.append(ContactChange(school, changes))
        else:
            difference.unchanged += 1
    difference.errors.sort(key=lambda error: error.line)
    return difference


@transaction.atomic
def store(contacts: Contacts, *, by: "User | None") -> ContactDifference:
    """Store what differs, each school with its audit event; a second run changes nothing."""
    difference = compare(contacts)
    for change in difference.updated:
        update_contacts(change.school, by=by, **{name: after for name, _, after in change.fields})
    return difference


def _contact(row: Row, names: dict[str, str]) -> Contact | RowError:
    urn = row[names["urn"]]
    if whole_number(urn) is None:
        return RowError(row.line, f"“{urn}” is not a URN: it is the school’s number in the national register.")
    values = {name: row[names[name]] for name in FIELDS if name in names and row[names[name]]}
    for problem in _problems(values):
        return RowError(row.line, problem)
    return Contact(row.line, whole_number(urn) or 0, values)


def _problems(values: dict[str, str]) -> Iterator[str]:
    for name, value in values.items():
        if len(value) > LONGEST[name]:
            yield f"{name} is longer than {LONGEST[name]} characters."
        if name in ADDRESSES:
            try:
                validate_email(value)
            except ValidationError:
                yield f"“{value}” is not an e-mail address: write it like office@school.example."


def _schools(urns: list[int]) -> dict[int, School]:
    found: dict[int, School] = {}
    for start in range(0, len(urns), AT_ONCE):
        found |= School.objects.in_bulk(urns[start : start + AT_ONCE], field_name="urn")
    return found
