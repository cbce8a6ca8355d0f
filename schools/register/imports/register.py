"""The national register of schools: its file, by column name, into values for `School`."""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.db import models

from astcoord.core.tablefile import Row, RowError, Table, read, unusable
from astcoord.core.tablefile.cells import day, whole_number
from schools.register.lifecycle import Phase, RegisterStatus
from schools.register.models import School

NEEDED = (
    "URN",
    "LA (code)",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "EstablishmentTypeGroup (code)",
    "EstablishmentStatus (code)",
    "PhaseOfEducation (code)",
    "OpenDate",
    "CloseDate",
    "Easting",
    "Northing",
)
"""Without these a school cannot be placed, so the file is refused. The rest may be missing from a cut-down
file: then what is stored is left as it is."""

HEAD = ("HeadTitle (name)", "HeadFirstName", "HeadLastName")
STATUSES = {
    "1": RegisterStatus.OPEN,
    "2": RegisterStatus.CLOSED,
    "3": RegisterStatus.CLOSING,
    "4": RegisterStatus.PROPOSED,
}
PHASES = {
    "1": Phase.NURSERY,
    "2": Phase.PRIMARY,
    "3": Phase.MIDDLE,
    "4": Phase.SECONDARY,
    "5": Phase.MIDDLE,
    "6": Phase.POST16,
    "7": Phase.ALL_THROUGH,
}
SPECIAL_KINDS = frozenset({"07", "08", "10", "12", "33", "36", "44"})
POST16_KINDS = frozenset({"18", "32", "39", "45", "46"})
TITLES = frozenset(
    ["mr", "mrs", "miss", "ms", "mx", "dr", "prof", "professor", "rev", "reverend", "canon", "father", "fr"]
)
BLANK = frozenset({"", "NULL", "N/A"})
LONGEST = {f.name: f.max_length for f in School._meta.fields if isinstance(f, models.CharField)}


MOST_OF_ONE = 5_000
"""Rows of one authority, or rows that cannot be used. The country has 52,000 in 150 authorities, closed schools too."""


class BadCell(ValueError):
    """A cell that cannot be read; the message says which and what to do."""


@dataclass(frozen=True)
class SchoolRow:
    """One school as the file has it: values by the names of `School`'s fields."""

    line: int
    values: dict[str, Any]

    @property
    def urn(self) -> int:
        return int(self.values["urn"])


@dataclass
class Reading:
    """A whole file, read: rows to store, rows left out, and what there is to say about it."""

    rows: list[SchoolRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    skipped: int = 0
    replaced: int = 0
    absent: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For keeping between preview and confirmation."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Reading":
        """The inverse of `as_json` after a round through the database."""
        rows = [SchoolRow(row["line"], _with_dates(row["values"])) for row in kept["rows"]]
        errors = [RowError(**error) for error in kept["errors"]]
        return cls(rows, errors, kept["skipped"], kept["replaced"], kept["absent"])


def read_register(data: bytes | BinaryIO, *, la: str = "") -> Reading:
    """Read the register's file; with `la` only that authority's rows, the others counted as skipped.

    Refused, naming the reason, when the file is not the register's, or has more than 5,000 rows to look at for one
    authority. Rows that cannot be stored become errors.
    """
    table = read(data, what="the register’s file of schools", names=NEEDED, exact=True, only=READ)
    if missing := table.lacks(NEEDED):
        raise unusable(f"The file is not the register’s: these columns are missing: {', '.join(missing)}.")
    reading = Reading(replaced=table.replaced, absent=table.lacks([c for c, *_ in COLUMNS if c not in NEEDED]))
    columns = [column for column in COLUMNS if column[0] in table.columns]
    first_lines: dict[int, int] = {}
    for row in _of_authority(table, la, reading):
        try:
            school = _school(row, columns)
        except BadCell as error:
            reading.errors.append(RowError(row.line, str(error)))
            continue
        first = first_lines.setdefault(school.urn, row.line)
        if first != row.line:
            message = f"URN {school.urn} is already in row {first}: keep one of the two rows."
            reading.errors.append(RowError(row.line, message))
        else:
            reading.rows.append(school)
    return reading


def _of_authority(table: Table, la: str, reading: Reading) -> Iterable[Row]:
    for row in table.rows():
        if isinstance(row, RowError):
            reading.errors.append(row)
        elif la and row["LA (code)"] != la:
            reading.skipped += 1
        else:
            yield row
        if la:
            _refuse_too_many(reading, la)


def _refuse_too_many(reading: Reading, la: str) -> None:
    """What is more than any authority has is not kept, compared and stored for minutes while a page waits for it."""
    if len(reading.errors) > MOST_OF_ONE:
        raise unusable(f"More than {MOST_OF_ONE:,} rows cannot be used. The first is this. {reading.errors[0]}")
    if len(reading.rows) > MOST_OF_ONE:
        raise unusable(
            f"The file has more than {MOST_OF_ONE:,} schools of authority {la}: choose the file that the national "
            "register offers."
        )


def _school(row: Row, columns: Iterable["Column"]) -> SchoolRow:
    values = {name: read_cell(row[column], column) for column, name, read_cell in columns}
    for name, value in values.items():
        longest = LONGEST.get(name)
        if isinstance(value, str) and longest and len(value) > longest:
            raise BadCell(f"{name.replace('_', ' ')} has {len(value)} characters: shorten it to {longest}.")
    if not (values["easting"] and values["northing"]):
        values["easting"] = values["northing"] = None
    values["phase"] = _phase(row)
    if "HeadLastName" in row.cells:
        values["register_head_name"] = _head(row)
    return SchoolRow(row.line, values)


def _phase(row: Row) -> str:
    kind = row["TypeOfEstablishment (code)"].zfill(2)
    if kind in SPECIAL_KINDS:
        return Phase.SPECIAL
    if phase := PHASES.get(row["PhaseOfEducation (code)"]):
        return phase
    return Phase.POST16 if kind in POST16_KINDS else Phase.OTHER


def _head(row: Row) -> str:
    """Title and name for a letter; job titles stand in the title column of some rows, and are no title."""
    title, *names = (row[column] for column in HEAD)
    names.insert(0, title if title.rstrip(".").lower() in TITLES else "")
    return " ".join(part for part in names if part and part.upper() not in BLANK)[:150]


def _words(cell: str, column: str) -> str:
    return "" if cell.upper() in BLANK else cell


def _name(cell: str, column: str) -> str:
    if not cell:
        raise BadCell("EstablishmentName is blank: add the school’s name.")
    return cell


def read_urn(cell: str, column: str) -> int:
    number = whole_number(cell) or 0
    if not 0 < number < 10_000_000:
        raise BadCell(f"URN “{cell[:20]}” is not a number of up to seven digits: correct it.")
    return number


def _status(cell: str, column: str) -> str:
    if cell not in STATUSES:
        raise BadCell(f"{column} “{cell[:20]}” is none of 1, 2, 3, 4: correct it.")
    return STATUSES[cell]


def _kind(cell: str, column: str) -> str:
    """Type codes are written with two digits; spreadsheets drop the nought."""
    return cell.zfill(2) if cell else ""


def _number(cell: str, column: str) -> int | None:
    if cell.upper() in BLANK:
        return None
    found = re.fullmatch(r"([0-9]{1,7})(?:\.[0-9]+)?", cell)
    if not found:
        raise BadCell(f"{column} “{cell[:20]}” is not a whole number: correct it or leave it blank.")
    return int(found[1])


def _small(cell: str, column: str) -> int | None:
    number = _number(cell, column)
    if number is not None and number > 32_767:
        raise BadCell(f"{column} “{cell[:20]}” is too large: correct it or leave it blank.")
    return number


def read_day(cell: str, column: str) -> date | None:
    if cell.upper() in BLANK:
        return None
    if found := day(cell):
        return found
    raise BadCell(f"{column} “{cell[:20]}” is not a date: write it as dd-mm-yyyy or leave it blank.")


Column = tuple[str, str, Callable[[str, str], Any]]
COLUMNS: list[Column] = [
    ("URN", "urn", read_urn),
    ("EstablishmentName", "register_name", _name),
    ("LA (code)", "la_code", _words),
    ("LA (name)", "la_name", _words),
    ("EstablishmentNumber", "establishment_number", _small),
    ("TypeOfEstablishment (code)", "kind_code", _kind),
    ("TypeOfEstablishment (name)", "kind", _words),
    ("EstablishmentTypeGroup (code)", "group_code", _words),
    ("EstablishmentStatus (code)", "status", _status),
    ("OpenDate", "opened_on", read_day),
    ("CloseDate", "closed_on", read_day),
    ("StatutoryLowAge", "low_age", _small),
    ("StatutoryHighAge", "high_age", _small),
    ("NumberOfPupils", "pupils", _number),
    ("LastChangedDate", "register_changed_on", read_day),
    ("Street", "street", _words),
    ("Locality", "locality", _words),
    ("Address3", "address3", _words),
    ("Town", "town", _words),
    ("County (name)", "county", _words),
    ("Postcode", "postcode", _words),
    ("SchoolWebsite", "website", _words),
    ("TelephoneNum", "telephone", _words),
    ("Easting", "easting", _number),
    ("Northing", "northing", _number),
]
"""The register's column, our field, and how to read a cell; in the order in which errors are looked for."""

READ = frozenset({*NEEDED, *HEAD, *(column for column, *_ in COLUMNS)})


def _with_dates(values: dict[str, Any]) -> dict[str, Any]:
    dates = {"opened_on", "closed_on", "register_changed_on"}
    return {k: date.fromisoformat(v) if v and k in dates else v for k, v in values.items()}
