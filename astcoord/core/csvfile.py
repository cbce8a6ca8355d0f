"""Any CSV file by column name, whatever its width and encoding."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from astcoord.core.problems import Problem, Refused

NOT_CSV = (
    (b"PK\x03\x04", "a spreadsheet or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet"),
    (b"%PDF", "a PDF"),
    (codecs.BOM_UTF16_LE, "“Unicode text”"),
    (codecs.BOM_UTF16_BE, "“Unicode text”"),
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class RowError:
    """A row that was left out: the line it starts on (the header is 1), what is wrong, and what to do."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


@dataclass(frozen=True)
class Text:
    """What the bytes say, how they were read, and how many bytes could not be."""

    content: str
    encoding: str
    replaced: int = 0


@dataclass(frozen=True)
class Row:
    """One row: cells by column name, stripped; "" for a column that the file does not have."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def decode(data: bytes) -> Text:
    """UTF-8 with or without its mark, else windows-1252, else byte by byte, the unreadable ones replaced."""
    if data.startswith(codecs.BOM_UTF8):
        body = data[len(codecs.BOM_UTF8) :]
        content = body.decode("utf-8", errors="replace")
        return Text(content, "utf-8", content.count(REPLACEMENT) - body.count(REPLACEMENT.encode()))
    for encoding in ("utf-8", "windows-1252"):
        try:
            return Text(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    content = data.decode("windows-1252", errors="replace")
    return Text(content, "windows-1252", content.count(REPLACEMENT))


def unusable(message: str) -> Refused:
    """The whole file is refused."""
    return Refused([Problem(message, "file", code="unusable-file")])


@dataclass(frozen=True)
class Table:
    """A file with its header read; `rows()` gives the rows, and an error for each that does not fit."""

    text: Text
    columns: tuple[str, ...]
    lines: Any
    """What `csv.reader` gives."""

    def lacks(self, wanted: Sequence[str]) -> list[str]:
        """Those of `wanted` that are not columns here."""
        return [column for column in wanted if column not in self.columns]

    def rows(self) -> Iterator[Row | RowError]:
        """Row by row; blank lines are passed over."""
        while True:
            line = self.lines.line_num + 1
            try:
                cells: list[str] = next(self.lines)
            except StopIteration:
                return
            except csv.Error as error:
                raise unusable(f"The file cannot be read from line {line} on ({error}): download it again.") from error
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(self.columns):
                yield RowError(
                    line,
                    f"the row has {len(cells)} cells where the header has {len(self.columns)}: "
                    "look for a comma or a quotation mark too many or too few.",
                )
                continue
            yield Row(line, dict(zip(self.columns, map(clean, cells), strict=True)))


def read(data: bytes, *, what: str) -> Table:
    """Decode and read the header. `what` names the file that was expected, for the refusals."""
    if not data.strip():
        raise unusable(f"The file is empty: choose {what}.")
    for mark, kind in NOT_CSV:
        if data.startswith(mark):
            raise unusable(f"The file is {kind}, not CSV: choose {what}.")
    if b"\0" in data[:4096]:
        raise unusable(f"The file is not CSV: choose {what}.")
    text = decode(data)
    lines = csv.reader(io.StringIO(text.content, newline=""))
    try:
        header = next(lines)
    except (csv.Error, StopIteration) as error:
        raise unusable(f"The file is not CSV: choose {what}.") from error
    return Table(text, tuple(clean(column) for column in header), lines)


def clean(cell: str) -> str:
    """Without control characters and spaces around; windows-1252 read as latin-1 at source is put right."""
    if cell.isprintable():
        return cell.strip()
    return " ".join("".join(map(_repaired, cell)).split())


def _repaired(character: str) -> str:
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("windows-1252", errors="replace")
    return character if character.isprintable() else " "
