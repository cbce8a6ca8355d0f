"""A file of estimates. The layout of the Fischer Family Trust’s own files is not known to us: this is our template.

One row for each school, subject, measure and year. An empty cell says nothing, and changes nothing (R-11.12, R-17.2).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from astcoord.core.clock import today
from astcoord.core.loading import Change, Column, Entry, Kind
from astcoord.core.name_keys import name_key
from astcoord.core.tablefile.cells import decimal_number, whole_number
from astcoord.core.wording import number
from evaluation.estimates import rules
from evaluation.estimates.actions import ESTIMATES
from evaluation.estimates.models import Estimate
from evaluation.results.lifecycle import MEANINGS, Measure, Unit
from schools.register.imports.finding import Finder
from schools.register.models import School
from staff.expertise.vocabulary import Subject
from staff.posts.imports.cells import subjects

if TYPE_CHECKING:
    from staff.accounts.models import User

MEASURES = {name_key(word): each for each in Measure for word in (each.value, each.label)}
FIGURES = {"value": "estimate", "actual": "actual", "pupils": "number of pupils"}
Key = tuple[int, str, str, int]


@dataclass
class Row:
    """What one row says, and the estimate that it is about if there is one already."""

    line: int
    school: School
    subject: str
    measure: Measure
    year: int
    figures: Mapping[str, Any]
    held: Estimate | None

    @property
    def key(self) -> Key:
        return self.school.pk, self.subject, self.measure, self.year

    def differing(self) -> dict[str, Any]:
        """Figures of which the stored estimate says something else."""
        return {name: said for name, said in self.figures.items() if getattr(self.held, name, None) != said}


class EstimatesFile(Kind[Row]):
    """A row for each school, subject, measure and year."""

    name = "estimates"
    what = "a file of estimates, with a row for each school, subject, measure and year"
    most_rows = 2_000
    columns = (
        Column("urn", "URN", ("School URN",), required=True, example="100001"),
        Column("subject", "Subject", ("Department",), required=True, example="Maths"),
        Column(
            "measure",
            "Measure",
            ("Indicator",),
            required=True,
            help="In the words, or by the code, that the list of results has",
            example=str(Measure.GCSE_AC.label),
        ),
        Column("year", "Year", ("Results year",), required=True, help="Its summer: 2009 for 2008-09", example="2009"),
        Column("value", "Estimate", ("Estimated", "FFT estimate", "Expected"), required=True, example="62"),
        Column("actual", "Actual", ("Actual result", "Result"), example="55"),
        Column("pupils", "Pupils", ("Number of pupils", "Cohort"), help="From 3 pupils on", example="180"),
    )

    def reader(self) -> Callable[[Entry], Row]:
        finder = Finder()
        there = {(e.school_id, e.subject, e.measure, e.year): e for e in Estimate.objects.select_related("school")}
        return lambda entry: _row(entry, finder, there)

    def identity(self, row: Row) -> tuple[Key, str]:
        return row.key, _title(row)

    def change(self, row: Row) -> Change | None:
        """Against what is stored."""
        changed = row.differing()
        words = [_words(row, name, said) for name, said in changed.items()]
        return Change(row.line, _title(row), words) if changed else None

    def store_row(self, row: Row, *, by: "User | None", **options: Any) -> None:
        """With its audit event; somebody's: a file is loaded on a page."""
        if by is None:
            raise TypeError("estimates are stored in somebody’s name")
        key = {} if row.held else {"school": row.school, "subject": row.subject, "measure": row.measure}
        year = {} if row.held else {"year": row.year}
        ESTIMATES.save(row=row.held, by=by, **key, **year, **row.differing())


def _title(row: Row) -> str:
    return f"{row.school.name}, {Subject(row.subject).label}, {row.measure.label}, {row.year}"


def _words(row: Row, name: str, said: Any) -> str:
    before = getattr(row.held, name, None)
    now = number(Decimal(said))
    return f"{FIGURES[name]} {now}" if before is None else f"{FIGURES[name]} {number(Decimal(before))} becomes {now}"


def _row(entry: Entry, finder: Finder, there: Mapping[Key, Estimate]) -> Row:
    """One row, judged as the page judges what is entered by hand."""
    school = finder.numbered(entry["urn"])
    subject, measure, year = _subject(entry["subject"]), _measure(entry["measure"]), _year(entry["year"])
    figures = {name: _figure(entry[name], measure, name) for name in ("value", "actual") if entry[name]}
    if "value" not in figures:
        raise ValueError("the row has no estimate: enter it, or leave the row out.")
    pupils = _pupils(entry["pupils"])
    judged = {"estimate": figures["value"], "actual": figures.get("actual")}
    about = {"subject": subject, "measure": measure, "year": year, "pupils": pupils, "today": today()}
    if problems := rules.estimate_problems(judged, **about):  # type: ignore[arg-type]
        raise ValueError("; ".join(problem.message for problem in problems))
    told = figures if pupils is None else {**figures, "pupils": pupils}
    return Row(entry.line, school, subject, measure, year, told, there.get((school.pk, subject, measure, year)))


def _subject(cell: str) -> str:
    found = list(subjects(cell))
    if len(found) != 1:
        raise ValueError(f"“{cell[:40]}” is not one subject: write one, such as Maths or Science.")
    return found[0]


def _measure(cell: str) -> Measure:
    if found := MEASURES.get(name_key(cell)):
        return found
    raise ValueError(f"“{cell[:60]}” is no measure that we know: write it as the list of results does.")


def _year(cell: str) -> int:
    """“2009”, “2008-09” and “2008/09” are the same summer."""
    if found := re.fullmatch(r"\s*(\d{4})\s*[-/]\s*(\d{2}|\d{4})\s*", cell):
        first, last = int(found[1]), int(found[2])
        if last in (first + 1, (first + 1) % 100):
            return first + 1
    year = whole_number(cell)
    if year is None or not 1900 <= year <= 2200:
        raise ValueError(f"“{cell[:40]}” is not a year: write its summer, such as 2009.")
    return year


def _figure(cell: str, measure: Measure, name: str) -> Decimal:
    """A percentage may be written with its sign; nothing else may, and a figure has two decimals at most."""
    text = cell.strip()
    percent = MEANINGS[measure].unit == Unit.PERCENT and text.endswith("%")
    bare = text.removesuffix("%").strip() if percent else text
    found = decimal_number(bare.removeprefix("-").removeprefix("−")) if not bare.endswith("%") else None
    if found is None:
        raise ValueError(f"“{cell[:40]}” is not a figure for the {FIGURES[name]}: write a number, such as 62.5.")
    return (-found if bare.startswith(("-", "−")) else found).quantize(Decimal("0.01"))


def _pupils(cell: str) -> int | None:
    if not cell:
        return None
    found = whole_number(cell)
    if found is None:
        raise ValueError(f"“{cell[:40]}” is not a number of pupils: write a whole number.")
    return found
