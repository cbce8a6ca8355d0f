"""A school's figures, measure by measure and year by year (R-11.10)."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from astcoord.core.wording import number
from evaluation.results import rules
from evaluation.results.lifecycle import MEANINGS, Unit
from evaluation.results.models import AttainmentResult
from evaluation.results.reads.figures import NO_FIGURE, UNDECIDED, What, counting, label_of, order_of, shown
from evaluation.results.wording import plain, short_words
from schools.register.models import School
from staff.accounts.models import User


@dataclass(frozen=True)
class Year:
    """One year's figures of a measure: the one that counts in words, whence, and the row to go to."""

    year: int
    said: str
    pupils: str
    source: str
    row: AttainmentResult


@dataclass(frozen=True)
class Series:
    """One measure of a school by year, the latest first; `breaks` says where it changed its meaning."""

    title: str
    years: list[Year]
    breaks: str


def series_of(school: School, reader: User) -> list[Series]:
    """All that this person may read of a school, by subject and measure; one query."""
    rows = AttainmentResult.objects.visible_to(reader).filter(school=school).with_standing()
    ordered = sorted(rows, key=lambda row: (*order_of((row.subject, row.measure), ""), -row.year))
    return [_series(what, list(group)) for what, group in groupby(ordered, key=lambda row: (row.subject, row.measure))]


def _series(what: What, rows: list[Any]) -> Series:
    by_year = [_year(year, list(group)) for year, group in groupby(rows, key=lambda row: row.year)]
    spans = {MEANINGS[what[1]].span_of(row.year) for row in rows}
    changed = sorted(span[0] for span in spans if span)[1:]
    words = f"The measure changed in {' and '.join(map(str, changed))}: figures from before do not compare with later"
    return Series(label_of(what), by_year, f"{words} ones." if changed else "")


def _year(year: int, rows: list[Any]) -> Year:
    counts = counting(rows)
    row = counts or rows[0]
    pupils = "Not entered" if row.cohort is None else number(Decimal(row.cohort))
    return Year(year, shown(rows, counts), pupils, str(row.get_source_display()), row)


def drawn(series: list[Series]) -> tuple[str, list[tuple[str, Decimal, Decimal]]] | None:
    """The percentages of the two latest years that compare, for a drawing: its title and rows; None without any."""
    latest = max((each.year for one in series for each in one.years), default=0)
    rows = []
    for one in series:
        by_year = {each.year: each.row for each in one.years if each.said not in (UNDECIDED, NO_FIGURE)}
        after, before = by_year.get(latest), by_year.get(latest - 1)
        if after and before and after.unit == Unit.PERCENT and rules.comparable(after.measure, before.year, after.year):
            rows.append((short_words(after.subject, after.measure), plain(before.value), plain(after.value)))
    return (f"Percentages of pupils, {latest - 1} and {latest}", rows) if rows else None
