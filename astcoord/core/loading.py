"""Loading a file of people's own: columns guessed, then mapped by a person; all changes shown; refused rows back.

A `Kind` says which columns it wants, judges rows, and stores them. What is between a file and a kind is here, for the
pages (`astcoord.ui.loading`) and for commands (`astcoord.core.loading_command`): both follow the same rules (R-17.2).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, Protocol, TypeVar

from django.db import transaction
from django.utils import timezone

from astcoord.core.models.loading import PendingUpload, RememberedColumns
from astcoord.core.name_keys import name_key
from astcoord.core.problems import Problem, Refused
from astcoord.core.tablefile import RowError, read, unusable
from astcoord.core.turns import one_after_the_other

if TYPE_CHECKING:
    from staff.accounts.models import User

MOST_ROWS = 20_000
"""Of a file that a command loads; nobody waits for it before a page."""
LARGEST_UPLOAD = 20 * 1024 * 1024
WRONG = "What is wrong"
"""The column that refused rows get."""


@dataclass(frozen=True)
class Column:
    """One thing that a row can say: `names` are what files call it, beside its label."""

    field: str
    label: str
    names: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    example: str = ""

    def keys(self) -> set[str]:
        return set(map(name_key, (self.label, self.field.replace("_", " "), *self.names)))


@dataclass(frozen=True)
class Entry:
    """One row: its number as a spreadsheet shows it, and its cells by our field; "" where it says nothing."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Change:
    """What one row would change, in words."""

    line: int
    title: str
    words: Sequence[str]


@dataclass
class Outcome:
    """What storing rows would do, or has done."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)

    def __str__(self) -> str:
        return f"changed={len(self.changes)} unchanged={self.unchanged} errors={len(self.errors)}"


class ReadRow(Protocol):
    """What a kind has made of one row."""

    @property
    def line(self) -> int: ...


R = TypeVar("R", bound=ReadRow)


class Kind(ABC, Generic[R]):
    """One kind of file: `what` completes “we need …”. `R` is what it makes of a row."""

    name: str
    what: str
    columns: Sequence[Column]
    most_rows: int
    """As many as are stored in some ten seconds: a page waits for them, and a database with one writer does, too."""

    @abstractmethod
    def reader(self) -> Callable[[Entry], R]:
        """Read once what all rows are judged against, and give what reads one; a ValueError says what to do."""

    @abstractmethod
    def identity(self, row: R) -> tuple[Hashable, str]:
        """What no two rows of a file may share, and what it is called."""

    @abstractmethod
    def change(self, row: R) -> Change | None:
        """What storing the row would change; None where everything is there already."""

    @abstractmethod
    def store_row(self, row: R, *, by: "User | None", **options: Any) -> None:
        """Store one row that changes something."""

    def judge(self, entries: Sequence[Entry]) -> Outcome:
        """What storing these rows would do; writes nothing. Errors name what to do."""
        return self._read(entries)[0]

    def store(self, entries: Sequence[Entry], *, by: "User | None", **options: Any) -> Outcome:
        """Store the good ones among these rows, in the caller's transaction, and say what was done.

        Each is stored whole or not at all; one that is refused after all is an error of its row. Of two people with the
        same file the second changes nothing more.
        """
        one_after_the_other(f"import of {self.name}")
        outcome, rows = self._read(entries)
        for row in rows:
            try:
                with transaction.atomic():
                    self.store_row(row, by=by, **options)
            except Refused as refusal:
                outcome.errors.append(RowError(row.line, str(refusal)))
                outcome.changes = [change for change in outcome.changes if change.line != row.line]
        return outcome

    def _read(self, entries: Sequence[Entry]) -> tuple[Outcome, list[R]]:
        """What storing would do, and the rows that change something."""
        outcome, rows = Outcome(), []
        read, seen = self.reader(), dict[Hashable, int]()
        for entry in entries:
            try:
                row = read(entry)
                key, called = self.identity(row)
                if key in seen:
                    raise ValueError(f"{called} is in row {seen[key]} already: keep one of the two rows.")
            except ValueError as error:
                outcome.errors.append(RowError(entry.line, str(error)))
                continue
            seen[key] = entry.line
            if change := self.change(row):
                outcome.changes.append(change)
                rows.append(row)
            else:
                outcome.unchanged += 1
        return outcome, rows

    def lacks(self, mapping: Mapping[str, str]) -> list[Problem]:
        """What a mapping needs before rows can be judged."""
        missing = [column for column in self.columns if column.required and not mapping.get(column.field)]
        return [Problem(f"Choose the column with {column.label}", column.field, "R-17.2") for column in missing]

    def names(self) -> set[str]:
        """All that its columns may be called."""
        return {name for column in self.columns for name in (column.label, column.field, *column.names)}


Read = tuple[tuple[str, ...], list[list[Any]]]
"""A file's columns, and its rows as `PendingUpload.rows` has them."""


def read_rows(kind: Kind[Any], source: bytes | BinaryIO, *, most_rows: int = MOST_ROWS) -> Read:
    """A file as it is. Refused where it is no table, or has no rows or more than `most_rows`."""
    remembered = _remembered(kind)
    table = read(source, what=kind.what, names=kind.names() | set(remembered.values()), most_rows=most_rows)
    rows: list[list[Any]] = []
    for row in table.rows():
        if isinstance(row, RowError):
            rows.append([row.line, list(row.cells), row.message])
        else:
            rows.append([row.line, [row[column] for column in table.columns], ""])
    if not rows:
        raise unusable(f"The file has no rows under its header: choose {kind.what}.")
    return table.columns, rows


def keep(kind: Kind[Any], read: Read, *, filename: str, by_pk: int) -> PendingUpload:
    """Keep a file until it is confirmed; this person's older one of the kind goes, and anybody's of yesterday."""
    PendingUpload.objects.filter(by_pk=by_pk, kind=kind.name).delete()
    PendingUpload.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
    columns, rows = read
    return PendingUpload.objects.create(
        kind=kind.name, by_pk=by_pk, filename=filename[:200], columns=list(columns), rows=rows
    )


def guess(kind: Kind[Any], columns: Sequence[str]) -> dict[str, str]:
    """The file's column by our field: as it was chosen last time, else by the usual names. Each column is used once."""
    remembered = _remembered(kind)
    found = {name: column for name, column in remembered.items() if column in columns}
    for wanted in kind.columns:
        if wanted.field in found:
            continue
        usual = wanted.keys()
        free = (column for column in columns if column not in found.values() and name_key(column) in usual)
        if column := next(free, ""):
            found[wanted.field] = column
    return found


def remember(kind: Kind[Any], mapping: Mapping[str, str]) -> None:
    """For the next file of this kind, whoever sends it."""
    RememberedColumns.objects.update_or_create(kind=kind.name, defaults={"mapping": dict(mapping)})


def entries(columns: Sequence[str], rows: Iterable[Sequence[Any]], mapping: Mapping[str, str]) -> list[Entry]:
    """Rows of the right shape, by our fields."""
    places = {name: columns.index(column) for name, column in mapping.items() if column in columns}
    return [
        Entry(line, {name: _bare(cells[place]) for name, place in places.items()})
        for line, cells, broken in rows
        if not broken
    ]


def broken(rows: Iterable[Sequence[Any]]) -> list[RowError]:
    """Rows that do not fit under the header."""
    return [RowError(line, message) for line, _, message in rows if message]


def refused_rows(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], why: Mapping[int, str]
) -> tuple[list[str], list[list[str]]]:
    """The header and the rows to correct and send again."""
    width = len(columns)
    kept = [i for i, column in enumerate(columns) if column != WRONG]
    header = [columns[i] for i in kept] + [WRONG]
    full = ((line, [*cells, *[""] * width]) for line, cells, _ in rows)
    return header, [[*(cells[i] for i in kept), why[line]] for line, cells in full if line in why]


def _bare(cell: str) -> str:
    """Without the apostrophe that our own files put before what a spreadsheet would run as a formula."""
    return cell[1:].strip() if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell


def _remembered(kind: Kind[Any]) -> dict[str, str]:
    row = RememberedColumns.objects.filter(kind=kind.name).first()
    wanted = {column.field for column in kind.columns}
    return {name: column for name, column in (row.mapping if row else {}).items() if name in wanted}
