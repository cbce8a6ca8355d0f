"""The office's own list of contacts: the national register has no e-mail addresses (R-1.1, R-17.2)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from astcoord.core.loading import Change, Column, Entry, Kind
from astcoord.core.name_keys import name_key
from astcoord.core.problems import Problem
from astcoord.core.tablefile.cells import whole_number
from astcoord.core.tidying import addresses, tidy_name
from schools.register.actions import CONTACTS, update_contacts
from schools.register.imports.finding import Finder
from schools.register.models import Cluster, School
from schools.register.rules import looks_shared

if TYPE_CHECKING:
    from staff.accounts.models import User

ADDRESSES = ("email", "chair_email")
NAMES = ("head_name", "chair_name")
MOST_TEACHERS = 32_767
ANSWERS = {
    **dict.fromkeys(("yes", "y", "true", "1", "x", "own"), True),
    **dict.fromkeys(("no", "n", "false", "0", "shared"), False),
}


class BadRow(ValueError):
    """What is wrong in a row, and what to do."""


@dataclass
class Row:
    """What one row says of one school, and what we have made of it."""

    line: int
    school: School
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def differing(self) -> list[str]:
        """Fields in which the school's record says something else."""
        return [name for name, value in self.values.items() if _stored(self.school, name) != value]


class ContactsFile(Kind[Row]):
    """A row for each school, known by URN or name. An empty cell says nothing, and changes nothing."""

    name = "contacts"
    what = "a file of contacts, with a row for each school"
    most_rows = 2_000
    columns = (
        Column("urn", "URN", ("School URN", "URN number", "Unique reference number"), example="100001"),
        Column(
            "school",
            "School",
            ("School name", "Name of school", "Establishment", "EstablishmentName", "Name"),
            help="Needed where a row has no URN",
            example="Example Primary School",
        ),
        Column("town", "Town", ("Post town", "City"), help="Tells apart schools of one name", example="Exampleton"),
        Column(
            "email",
            "E-mail address for letters",
            (
                *("Email", "E-mail", "E mail address", "Email address", "School email", "School e-mail", "Main email"),
                *("Head email", "Head e-mail", "Head’s e-mail", "Headteacher email", "Headteacher e-mail", "HT email"),
            ),
            example="office@school.example",
        ),
        Column(
            "email_is_own",
            "The address is the headteacher’s own",
            ("Own address", "Head’s own address", "Can sign in with it", "Personal address"),
            help="Yes or no. Where it is empty, a new address is the headteacher’s own unless it looks like a mailbox "
            "that several people read, such as office@",
            example="No",
        ),
        Column(
            "head_name",
            "Headteacher",
            ("Head", "Head’s name", "Head name", "Headteacher name", "Head teacher", "HT", "Principal"),
            example="Ms R Example",
        ),
        Column(
            "chair_name",
            "Chair of governors",
            ("Chair", "Chair’s name", "Chair name", "CoG", "Chair of governors name"),
            example="Mr A Example",
        ),
        Column(
            "chair_email",
            "Chair’s e-mail address",
            ("Chair email", "Chair e-mail", "Chair’s email", "CoG email", "Chair of governors email"),
            example="chair@school.example",
        ),
        Column("teacher_count", "Number of teachers", ("Teachers", "Teacher count"), example="14"),
        Column("specialist_subject", "Specialist subject", ("Specialism",)),
        Column("cluster", "Cluster", ("Family", "Network", "Cluster name")),
    )

    def lacks(self, mapping: Mapping[str, str]) -> list[Problem]:
        """A school is known by URN or name, and something must be said of it."""
        found = []
        if not mapping.get("urn") and not mapping.get("school"):
            found.append(
                Problem("Choose the column with the schools’ URN, or the one with their names", "urn", "R-17.2")
            )
        if not any(mapping.get(name) for name in CONTACTS):
            found.append(Problem("Choose at least one column of contacts", "email", "R-17.2"))
        return found

    def reader(self) -> Callable[[Entry], Row]:
        finder = Finder()
        return lambda entry: _row(entry, finder)

    def identity(self, row: Row) -> tuple[int, str]:
        return row.school.pk, row.school.name

    def change(self, row: Row) -> Change | None:
        """Against what is stored."""
        if changed := row.differing():
            return Change(row.line, _title(row), [*map(row_words(row), changed), *row.remarks])
        return None

    def store_row(self, row: Row, *, by: "User | None", **options: Any) -> None:
        """With its audit event."""
        changes = {name: row.values[name] for name in row.differing()}
        if cluster := changes.get("cluster"):
            made, _ = Cluster.objects.get_or_create(slug=slugify(cluster), defaults={"name": cluster})
            changes["cluster"] = made
        update_contacts(row.school, by=by, **changes)


OPENS = {
    True: "the headteacher can sign in with the address",
    False: "the headteacher cannot sign in with the address without an invitation",
}


def row_words(row: Row) -> Any:
    """For a field: what it held and will hold."""

    def words(name: str) -> str:
        if name == "email_is_own":
            return OPENS[row.values[name]]
        before, label = _stored(row.school, name), str(School._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        return f"{label} “{before}” becomes “{row.values[name]}”" if before else f"{label} “{row.values[name]}”"

    return words


def _title(row: Row) -> str:
    return f"{row.school.name} ({row.school.urn})"


def _stored(school: School, name: str) -> Any:
    if name == "cluster":
        return school.cluster.name if school.cluster else ""
    return getattr(school, name)


def _row(entry: Entry, finder: Finder) -> Row:
    row = Row(entry.line, finder.find(entry["urn"], entry["school"], entry["town"]))
    if (
        entry["urn"]
        and entry["school"]
        and name_key(entry["school"]) != name_key(row.school.register_name or row.school.name)
    ):
        row.remarks.append(f"the file calls it “{entry['school']}”")
    for name in CONTACTS:
        if entry[name]:
            row.values[name] = _value(name, entry[name], row, finder.clusters)
    _say_whose(row)
    for problem in _too_long(row.values):
        raise BadRow(problem)
    return row


def _say_whose(row: Row) -> None:
    """A new address is the head's own unless it looks shared, or the file says otherwise (R-17.5)."""
    before, email = row.school.email, row.values.get("email", row.school.email)
    if row.values.get("email_is_own") and not email:
        raise BadRow("the school has no e-mail address that could be the headteacher’s own: enter it.")
    if "email_is_own" in row.values or email.lower() == before.lower():
        return
    row.values["email_is_own"] = not looks_shared(email)
    if looks_shared(email):
        row.remarks.append(f"{email} looks like a mailbox that several people read: {OPENS[False]}")


def _value(name: str, cell: str, row: Row, clusters: Mapping[str, str]) -> Any:
    if name in ADDRESSES:
        first, *others = addresses(cell)
        if others:
            row.remarks.append(f"of several addresses the first is taken, and left out: {', '.join(others)}")
        return first
    if name == "email_is_own":
        return _yes_or_no(cell)
    if name in NAMES:
        return tidy_name(cell)
    if name == "teacher_count":
        number = whole_number(cell)
        if number is None or number > MOST_TEACHERS:
            raise BadRow(f"“{cell[:40]}” is not a number of teachers: enter a whole number.")
        return number
    if name == "cluster":
        return _cluster(cell, clusters)
    return cell


def _yes_or_no(cell: str) -> bool:
    said = ANSWERS.get(cell.strip().casefold())
    if said is None:
        raise BadRow(f"“{cell[:40]}” does not say whether the address is the headteacher’s own: write yes or no.")
    return said


def _cluster(cell: str, there: Mapping[str, str]) -> str:
    """A cluster that is there under another spelling is that one."""
    if not slugify(cell):
        raise BadRow(f"“{cell[:40]}” is not the name of a cluster: use letters or numbers.")
    return there.get(slugify(cell), cell)


def _too_long(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        column: Any = Cluster._meta.get_field("name") if name == "cluster" else School._meta.get_field(name)
        if isinstance(value, str) and len(value) > column.max_length:
            label = School._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield f"{label} is longer than {column.max_length} characters: shorten it."
