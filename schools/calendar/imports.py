"""Term dates that authorities publish, one half-term or training day a row, into a `YearPlan`."""

import re
from dataclasses import dataclass
from datetime import date

from astcoord.core.tablefile import Row, RowError, read, unusable
from schools.calendar.lifecycle import Season
from schools.calendar.years import ORDER, Half, YearPlan, year_span

NEEDED = ("la_code", "academic_year", "scope", "label", "start", "end")


@dataclass(frozen=True)
class Line:
    """One row of the wanted authority and year."""

    line: int
    scope: str
    label: str
    first: date
    last: date


def read_terms(data: bytes, *, slug: str, la: str, scope: str = "") -> YearPlan:
    """The year `slug` of authority `la`. Refused where the file has not exactly its six half-terms.

    Where a file has several sets of dates for one year (the authority's own, a school's), `scope` chooses; without
    it the first complete one is taken.
    """
    table = read(data, what="a file of term dates", names=NEEDED, exact=True)
    if missing := table.lacks(NEEDED):
        raise unusable(f"The file does not hold term dates: these columns are missing: {', '.join(missing)}.")
    lines = []
    for row in table.rows():
        if isinstance(row, RowError):
            raise unusable(str(row))
        if row["la_code"] == la and row["academic_year"] == slug and scope in ("", row["scope"]):
            lines.append(_line(row))
    if not lines:
        raise unusable(f"The file has no dates for authority {la or 'without a code'} in {slug}.")
    scopes = list(dict.fromkeys(line.scope for line in lines))
    plans = [_plan(slug, [line for line in lines if line.scope == each]) for each in scopes]
    plan = next((plan for plan in plans if plan), None)
    if plan is None:
        raise unusable(f"The file has no six half-terms for authority {la} in {slug}: add the missing ones.")
    return plan


def half_of(label: str) -> tuple[Season, int] | None:
    """“Autumn 1”, “Term 1”, “Term No 1”: which of the six half-terms; None for anything else, such as INSET."""
    if found := re.fullmatch(r"(autumn|spring|summer)(?: term)? ([12])", label.strip().lower()):
        return Season(found[1]), int(found[2])
    if found := re.fullmatch(r"term (?:no\.? )?([1-6])", label.strip().lower()):
        return ORDER[int(found[1]) - 1]
    return None


def _plan(slug: str, lines: list[Line]) -> YearPlan | None:
    halves: dict[tuple[Season, int], Half] = {}
    insets: list[date] = []
    for line in lines:
        key = half_of(line.label)
        if key is None and line.label.lower() == "inset":
            insets.append(line.first)
        elif key is None:
            raise unusable(f"Line {line.line}: “{line.label}” is no half-term: write it like “Autumn 1” or “INSET”.")
        elif key in halves:
            raise unusable(f"Line {line.line}: “{line.label}” is there twice: keep one.")
        else:
            halves[key] = Half(*key, line.first, line.last)
    if len(halves) != len(ORDER):
        return None
    ordered = tuple(halves[key] for key in ORDER)
    return YearPlan(slug, *year_span(slug, ordered), ordered, tuple(insets))


def _line(row: Row) -> Line:
    days = []
    for column in ("start", "end"):
        try:
            days.append(date.fromisoformat(row[column]))
        except ValueError as error:
            message = f"Line {row.line}: {column} “{row[column][:20]}” is not a date: write it as yyyy-mm-dd."
            raise unusable(message) from error
    return Line(row.line, row["scope"], row["label"], *days)
