"""The table in a file: which row is its header, and the rows under it with the numbers that a person sees."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from astcoord.core.name_keys import name_key
from astcoord.core.problems import Problem, Refused
from astcoord.core.tablefile import spreadsheet, text
from astcoord.core.tablefile.cells import clean
from astcoord.core.tablefile.kinds import Other, kind_of

MOST_ROWS = 200_000
MOST_COLUMNS = 500
LARGEST_FILE = 100 * 1024 * 1024
LARGEST_WORKBOOK = 20 * 1024 * 1024
HEADER_WITHIN = 30
"""Rows in which a header is looked for: titles and notes may stand above it."""
REMARK = "# "
"""Begins a line that is about the rows, in files that we give out (`ui.export`)."""


@dataclass(frozen=True)
class RowError:
    """A row that was left out: its number as a spreadsheet shows it, what is wrong, and what to do."""

    line: int
    message: str
    cells: Sequence[str] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"Row {self.line}: {self.message}"


@dataclass(frozen=True)
class Row:
    """One row: cells by column name, cleaned; "" for a column that the file does not have."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def unusable(message: str) -> Refused:
    """The whole file is refused."""
    return Refused([Problem(message, "file", code="unusable-file")])


@dataclass(frozen=True)
class Table:
    """A file with its header read; `rows()` gives the rows, once, and an error for each that does not fit."""

    columns: tuple[str, ...]
    records: Iterator[tuple[int, list[str]]]
    most_rows: int = MOST_ROWS
    exact: int = 0
    """How many cells each row has to have; 0 where that may differ."""

    replaced: int = 0
    """Characters that could not be read."""

    only: Collection[str] = ()
    """Columns whose cells are wanted; all where none is named."""

    def lacks(self, wanted: Sequence[str]) -> list[str]:
        """Those of `wanted` that are not columns here."""
        return [column for column in wanted if column not in self.columns]

    def rows(self) -> Iterator[Row | RowError]:
        """Row by row; blank ones and remarks are passed over. Where `exact`, short and long rows are errors."""
        count, width = 0, len(self.columns)
        wanted = [(place, name) for place, name in enumerate(self.columns) if not self.only or name in self.only]
        for number, cells in self.records:
            if not any(cell.strip() for cell in cells) or _is_remark(cells):
                continue
            count += 1
            if count > self.most_rows:
                raise unusable(f"The file has more than {self.most_rows:,} rows: divide it.")
            if any(cell.strip() for cell in cells[width:]) or (self.exact and len(cells) != self.exact):
                yield RowError(
                    number,
                    f"the row has {len(cells)} cells where the header has {self.exact or width}: "
                    "look for a comma or a quotation mark too many or too few.",
                    [clean(cell) for cell in cells[:width]],
                )
                continue
            yield Row(number, {name: clean(cells[place]) if place < len(cells) else "" for place, name in wanted})


def read(
    source: bytes | BinaryIO,
    *,
    what: str,
    names: Collection[str] = (),
    most_rows: int = MOST_ROWS,
    exact: bool = False,
    only: Collection[str] = (),
) -> Table:
    """Find the header. `what` names the file that was expected, for the refusals; `names` are columns it may have.

    Where a file has many columns and few are wanted, `only` names these, and the others are passed over.

    Refused, saying what the file looks like and how to save it, where it holds no table or is too large.
    """
    file: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source
    size = file.seek(0, io.SEEK_END)
    if size > LARGEST_FILE:
        raise unusable(f"The file is larger than {LARGEST_FILE // 1024**2} MB: choose {what}.")
    kind = kind_of(file)
    if isinstance(kind, Other):
        raise unusable(f"The file is {kind.what}, and we need {what}. {kind.remedy}")
    known = frozenset(map(name_key, names))
    if kind == "spreadsheet":
        if size > LARGEST_WORKBOOK:
            raise unusable("The workbook is larger than 20 MB: save the sheet that is needed as CSV.")
        return _of_workbook(file, what, known, most_rows=most_rows, only=only)
    return _of_text(file, what, known, most_rows=most_rows, exact=exact, only=only)


def _of_workbook(file: BinaryIO, what: str, known: frozenset[str], *, most_rows: int, **about: Any) -> Table:
    """The sheet whose header is known best; of several, the first."""
    found = spreadsheet.sheets(file, most_rows=most_rows + HEADER_WITHIN)
    if isinstance(found, Other):
        raise unusable(f"The file is {found.what}, and we need {what}. {found.remedy}")
    filled = [rows for rows in found.values() if any(rows)]
    if not filled:
        raise unusable(f"The workbook has no rows: choose {what}.")
    best = max(filled, key=lambda rows: _header_in(rows[:HEADER_WITHIN], known)[1])
    return _table(iter(best), *_header_in(best[:HEADER_WITHIN], known), most_rows=most_rows, **about)


def _of_text(file: BinaryIO, what: str, known: frozenset[str], **about: Any) -> Table:
    encoding, replaced = text.encoding_of(file)
    named = text.separator_named(file, encoding)
    best: tuple[tuple[int, int], str, int] | None = None
    for separator in (named,) if named else text.SEPARATORS:
        start = _start(text.records(file, encoding, separator))
        place, score = _header_in(start, known)
        if start and (best is None or score > best[0]):
            best = score, separator, place
    if best is None or not best[0][1]:
        raise unusable(f"The file is empty: choose {what}.")
    score, separator, place = best
    return _table(
        _told(text.records(file, encoding, separator)),
        place,
        score,
        replaced=replaced,
        **about,
    )


def _start(records: Iterator[list[str]]) -> list[list[str]]:
    """The first rows, as far as they can be told apart."""
    found: list[list[str]] = []
    try:
        found.extend(islice(records, HEADER_WITHIN))
    except csv.Error:
        return found
    return found


def _told(records: Iterator[list[str]]) -> Iterator[list[str]]:
    number = 0
    try:
        for record in records:
            number += 1
            yield record
    except csv.Error as error:
        raise unusable(f"The file cannot be read from row {number + 1} on ({error}): save it again.") from error


def _header_in(rows: Sequence[list[str]], known: frozenset[str]) -> tuple[int, tuple[int, int]]:
    """Where the header is, and how sure that is: columns known, columns named.

    The row with most known names; without any, the first that names two columns, so that a title is passed over.
    """
    scores = [
        (sum(name_key(clean(cell)) in known for cell in row), sum(bool(cell.strip()) for cell in row)) for row in rows
    ]
    best = max((score[0] for score in scores), default=0)
    if best:
        fitting = [place for place, score in enumerate(scores) if score[0] == best]
    else:
        fitting = [place for wanted in (2, 1) for place, score in enumerate(scores) if score[1] >= wanted]
    return (fitting[0], scores[fitting[0]]) if fitting else (0, (0, 0))


def _table(
    records: Iterable[list[str]], place: int, score: tuple[int, int], *, exact: bool = False, **about: Any
) -> Table:
    numbered = enumerate(records, start=1)
    header = next(islice(numbered, place, None))[1]
    return Table(_columns(header), numbered, exact=len(header) if exact else 0, **about)


def _columns(header: Sequence[str]) -> tuple[str, ...]:
    """Names that are there once each: a nameless column is called by its letter, a second “Email” is “Email (2)”."""
    cells = [clean(cell) for cell in header[:MOST_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    found: list[str] = []
    for place, cell in enumerate(cells):
        name = cell or f"Column {_letter(place)}"
        same = sum(each == name or each.startswith(f"{name} (") for each in found)
        found.append(f"{name} ({same + 1})" if name in found else name)
    return tuple(found)


def _is_remark(cells: Sequence[str]) -> bool:
    """What a list's own file says below its rows: such a file is corrected and sent again."""
    return cells[0].startswith(REMARK) and not any(cell.strip() for cell in cells[1:])


def _letter(place: int) -> str:
    return chr(65 + place) if place < 26 else _letter(place // 26 - 1) + chr(65 + place % 26)
