"""From the rows of a file to figures, each row either read or said why not (R-11.10)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import BinaryIO

from astcoord.core.clock import today
from astcoord.core.name_keys import name_key
from astcoord.core.tablefile import RowError, read, unusable
from astcoord.core.tablefile.cells import whole_number
from astcoord.core.wording import counted, listed
from astcoord.core.words import say
from evaluation.results import rules
from evaluation.results.imports.layouts import AREAS, CODES, LAYOUTS, OWN, OWN_NEEDED, Layout
from evaluation.results.lifecycle import MEANINGS, Area, Measure, Source
from evaluation.results.models import WHOLE_SCHOOL, AttainmentResult
from schools.register.imports.finding import Finder
from schools.register.models import School
from staff.expertise.vocabulary import Subject

WHAT = "a file of results: the published tables of a key stage, or a row for each figure"
MOST_ROWS = 20_000
HUNDREDTH = Decimal("0.01")
Cells = Mapping[str, str]


class LeftOut(ValueError):
    """Why a row, or a figure of it, is left out although nothing is wrong with it."""


@dataclass(frozen=True)
class File:
    """A file as it is: its columns, and (row number, cells, what is wrong with the row’s shape or "")."""

    columns: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str], str]]


@dataclass
class Reading:
    """What a file says. `left` names the rows and figures that are left out and why, `errors` what is wrong in it."""

    year: int | None
    figures: list[tuple[int, AttainmentResult]] = field(default_factory=list)
    left: list[RowError] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    repeated: int = 0
    unread: list[str] = field(default_factory=list)
    """Columns that are not read."""


def open_file(source: bytes | BinaryIO) -> File:
    """Refused where it is no table, has no rows, or more than 20,000."""
    names = {*OWN, *(column for layout in LAYOUTS for column in layout.needed)}
    table = read(source, what=WHAT, names=names, most_rows=MOST_ROWS)
    rows: list[tuple[int, Sequence[str], str]] = []
    for row in table.rows():
        if isinstance(row, RowError):
            rows.append((row.line, list(row.cells), row.message))
        else:
            rows.append((row.line, [row[column] for column in table.columns], ""))
    if not rows:
        raise unusable(f"The file has no rows under its header: choose {WHAT}.")
    _known(table.columns)
    return File(table.columns, rows)


def read_file(file: File, year: int | None) -> Reading:
    """All figures of a file of one year. `year` may be left out where every row says it.

    Refused, saying why, where the columns are of no layout, or the file is of another year.
    """
    layout, places = _known(file.columns)
    wanted = {places[name_key(column)] for column in (layout.needed if layout else OWN) if name_key(column) in places}
    unread = [column for place, column in enumerate(file.columns) if place not in wanted]
    rows = [(line, _by_name(cells, places), broken) for line, cells, broken in file.rows]
    year = _year_of(layout, rows, year)
    reading = Reading(year, unread=unread)
    reader = _Published(layout, year) if layout and year else _Own(year)
    seen: dict[tuple[object, ...], int] = {}
    for line, row, broken in rows:
        if broken:
            reading.errors.append(RowError(line, broken))
            continue
        _read_row(reader, line, row, reading, seen)
    return reading


def _read_row(reader: "_Reader", line: int, row: Cells, reading: Reading, seen: dict[tuple[object, ...], int]) -> None:
    """One row’s figures; a row that says again what another has said is counted, and nothing more."""
    try:
        found, missing = reader.figures(row)
    except LeftOut as why:
        reading.left.append(RowError(line, str(why)))
        return
    except ValueError as why:
        reading.errors.append(RowError(line, str(why)))
        return
    new = 0
    for figure in found:
        if problems := rules.result_problems(figure, latest=today().year):
            reading.errors.append(RowError(line, f"{figure.whose}: {problems[0].message}"))
        elif (key := identity(figure)) not in seen:
            seen[key] = line
            reading.figures.append((line, figure))
            new += 1
    if found and not new and all(identity(figure) in seen for figure in found):
        reading.repeated += 1
    reading.left.extend(RowError(line, f"{labels}: {why}") for labels, why in missing)


def identity(row: AttainmentResult) -> tuple[object, ...]:
    """What is stored once."""
    return (row.area, row.school_id, row.subject, row.measure, row.year, row.source, row.value)


class _Reader:
    """What makes figures of one row: those found, and what is missing in it, as (labels, why)."""

    def __init__(self) -> None:
        self.finder = Finder()

    def figures(self, row: Cells) -> tuple[list[AttainmentResult], list[tuple[str, str]]]:
        raise NotImplementedError

    def school(self, urn: str) -> School:
        return self.finder.numbered(urn)


class _Published(_Reader):
    """A row of published tables: a school, or the authority or the country to compare with."""

    def __init__(self, layout: Layout, year: int) -> None:
        super().__init__()
        self.layout, self.year = layout, year
        codes = [school.la_code for school in self.finder.by_urn.values() if school.la_code]
        self.ours = max(set(codes), key=codes.count, default="")

    def figures(self, row: Cells) -> tuple[list[AttainmentResult], list[tuple[str, str]]]:
        layout = self.layout
        area = self._area(row)
        school = self.school(_cell(row, layout.urn)) if area == Area.SCHOOL else None
        cohort = whole_number(_cell(row, layout.cohort)) if layout.cohort else None
        if cohort is not None and cohort < rules.FEWEST:
            raise LeftOut(f"the figures are of fewer than {rules.FEWEST} pupils, and none is kept of so few.")
        found, missing = [], defaultdict[str, list[str]](list)
        for column, holds in layout.figures.items():
            measure = next((each for each in holds.measures if MEANINGS[each].span_of(self.year)), None)
            value = _figure(_cell(row, column))
            if measure is None:
                missing[f"not measured in {self.year}"].append(column)
            elif isinstance(value, str):
                missing[value].append(column)
            else:
                found.append(
                    AttainmentResult(
                        area=area,
                        school=school,
                        subject=holds.subject,
                        measure=measure,
                        year=self.year,
                        value=value,
                        cohort=cohort,
                        source=Source.PUBLISHED,
                    )
                )
        return found, [(listed(columns), f"{why}.") for why, columns in missing.items()]

    def _area(self, row: Cells) -> Area:
        """Whose row it is; one of another authority is left out."""
        said = (_cell(row, self.layout.kind).removesuffix(".0") or "SCH").upper() if self.layout.kind else "SCH"
        area = AREAS.get(said)
        if area is None:
            raise LeftOut(
                f"“{said[:20]}” in {self.layout.kind} is neither a school nor {say('an authority')} nor the country."
            )
        code = whole_number(_cell(row, self.layout.authority)) if self.layout.authority else None
        if area == Area.AUTHORITY and code is not None and self.ours and str(code) != self.ours:
            raise LeftOut(f"the row is of {say('another authority')} ({code}).")
        return area


class _Own(_Reader):
    """A row with one figure, as our own list has it."""

    def __init__(self, year: int | None) -> None:
        super().__init__()
        self.year = year
        self.measures = {name_key(word): code for code, label in Measure.choices for word in (code, label)}
        self.subject_codes = {name_key(word): code for code, label in Subject.choices for word in (code, label)}
        self.subject_codes |= {"": "", name_key(WHOLE_SCHOOL): ""}
        self.sources = {name_key(word): code for code, label in Source.choices for word in (code, label)}
        self.areas = {name_key(label): code for code, label in Area.choices if code != Area.SCHOOL}

    def figures(self, row: Cells) -> tuple[list[AttainmentResult], list[tuple[str, str]]]:
        measure = self._known(self.measures, row, "Measure")
        value = _figure(_cell(row, "Figure"))
        if isinstance(value, str):
            return [], [(str(Measure(measure).label), f"{value}.")]
        pupils = _cell(row, "Number of pupils")
        cohort = whole_number(pupils)
        if pupils and cohort is None:
            raise ValueError(f"“{pupils[:20]}” is not a number of pupils.")
        if cohort is not None and cohort < rules.FEWEST:
            raise LeftOut(f"the figure is of fewer than {rules.FEWEST} pupils, and none is kept of so few.")
        area = self.areas.get(name_key(_cell(row, "School"))) if not _cell(row, "URN") else None
        return [
            AttainmentResult(
                area=area or Area.SCHOOL,
                school=None if area else self.finder.find(_cell(row, "URN"), _cell(row, "School")),
                subject=self._known(self.subject_codes, row, "Subject"),
                measure=measure,
                year=whole_number(_cell(row, "Year")) or self.year or 0,
                value=value,
                cohort=cohort,
                source=self._known(self.sources, row, "Source") if _cell(row, "Source") else Source.OWN,
            )
        ], []

    def _known(self, words: Mapping[str, str], row: Cells, column: str) -> str:
        said = _cell(row, column)
        if (code := words.get(name_key(said))) is None:
            raise ValueError(f"“{said[:60]}” in {column} is not known: write it as in the list of results.")
        return code


def _figure(cell: str) -> Decimal | str:
    """A figure, or why there is none. ValueError for what is neither."""
    text = cell.strip().removeprefix("'").replace("−", "-").replace("%", "").strip()
    if (why := CODES.get(text.upper())) is not None:
        return why
    if not re.fullmatch(r"[+-]?[0-9]{0,4}(\.[0-9]{1,12})?", text) or text in "+-":
        raise ValueError(f"“{cell[:20]}” is not a figure.")
    return Decimal(text).quantize(HUNDREDTH, ROUND_HALF_UP)


def _known(columns: Sequence[str]) -> tuple[Layout | None, dict[str, int]]:
    """The layout that these columns are of, None for a row for each figure; and where each column is."""
    places = {name_key(column): place for place, column in reversed(list(enumerate(columns)))}
    for layout in LAYOUTS:
        if all(name_key(column) in places for column in layout.needed):
            return layout, places
    if all(name_key(column) in places for column in OWN_NEEDED):
        return None, places
    looked = "; ".join(f"{layout.name}: {', '.join(layout.needed)}" for layout in LAYOUTS)
    raise unusable(
        f"The file’s columns are not those of {WHAT}. It needs all columns of one of these. "
        f"{looked}; a row for each figure: {', '.join(OWN_NEEDED)}."
    )


def _by_name(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {name: cells[place] if place < len(cells) else "" for name, place in places.items()}


def _cell(row: Cells, column: str) -> str:
    return row.get(name_key(column), "")


def _year_of(layout: Layout | None, rows: Iterable[tuple[int, Cells, str]], year: int | None) -> int | None:
    """The one year of the file; None where rows of our own layout say each their own."""
    column = layout.year if layout else "Year"
    said = sorted(set(_years(rows, column))) if column else []
    if year and any(each != year for each in said):
        raise unusable(f"The file is of {listed(map(str, said))}, and {year} was asked for: choose the file of {year}.")
    if layout is None:
        return year
    if len(said) > 1:
        raise unusable(f"The file has rows of {listed(map(str, said))}: divide it, so that each file is of one year.")
    year = year or next(iter(said), None)
    if year is None:
        raise unusable("The file does not say of which year it is: say it, such as 2009 for 2008-09.")
    first, last = layout.years
    if year < first or (last is not None and year > last):
        when = f"of {first}" if first == last else f"from {first} on" if last is None else f"of {first} to {last}"
        raise unusable(f"Files of this layout (“{layout.name}”) are {when}, not of {year}: check the year.")
    return year


def _years(rows: Iterable[tuple[int, Cells, str]], column: str) -> Iterator[int]:
    for _, row, broken in rows:
        cell = _cell(row, column)
        year = whole_number(cell[:4]) if re.fullmatch(r"[0-9]{4}(\.0)?", cell) else None
        if year and not broken:
            yield year


def unread_words(reading: Reading) -> str:
    """Which columns were left out; empty where all were read."""
    if not reading.unread:
        return ""
    return f"{counted(len(reading.unread), 'column')} not read: {listed(reading.unread)}."
