"""What must be true of spans of days and of the school calendar. Plain values in, `Problem`s out; no Django."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words


@dataclass(frozen=True)
class Days:
    """A named span of days; `last=None` has no end yet."""

    name: str
    first: date
    last: date | None = None
    field: str = ""


def span_holds(first: date, last: date | None, day: date) -> bool:
    """`day` is within first–last; both ends count, and no last day means still going on."""
    return first <= day and (last is None or day <= last)


def overlap(a: Days, b: Days) -> bool:
    """The two share at least one day."""
    return (b.last is None or a.first <= b.last) and (a.last is None or b.first <= a.last)


def order_problems(days: Days) -> list[Problem]:
    """The last day may not come before the first."""
    if days.last is None or days.last >= days.first:
        return []
    return [
        Problem(
            f"{days.name} ends on {date_words(days.last)}, before it starts on {date_words(days.first)}",
            days.field or "ends_on",
            code="reversed",
        )
    ]


def calendar_problems(year: Days, half_terms: Sequence[Days]) -> list[Problem]:
    """A year and its half-terms, in order: each runs forwards, in the year, ends before the next starts."""
    problems = order_problems(year)
    for half in half_terms:
        problems += order_problems(half)
        if problems:
            continue
        if half.first < year.first or (year.last and half.last and half.last > year.last):
            problems.append(
                Problem(
                    f"{half.name} must lie within the year, {_range_words(year)}",
                    half.field,
                    code="outside-year",
                )
            )
    for before, after in pairwise(half_terms):
        if before.last is not None and after.first <= before.last:
            problems.append(
                Problem(
                    f"{after.name} starts on {date_words(after.first)}, but {before.name} ends on "
                    f"{date_words(before.last)}: a half-term must start after the one before it has ended",
                    after.field,
                    code="overlap",
                )
            )
    return problems


def year_overlap_problems(year: Days, others: Iterable[Days]) -> list[Problem]:
    """Two academic years may not share a day."""
    return [
        Problem(f"The year overlaps with {other.name}, {_range_words(other)}", year.field, code="overlap")
        for other in others
        if overlap(year, other)
    ]


def closure_problems(closure: Days, existing: Iterable[Days]) -> list[Problem]:
    """Closed days run forwards and are recorded once."""
    return order_problems(closure) or [
        Problem(f"These days overlap with {other.name}, {_range_words(other)}", "starts_on", code="overlap")
        for other in existing
        if overlap(closure, other)
    ]


def _range_words(days: Days) -> str:
    if days.last is None:
        return f"which started on {date_words(days.first)} and has no last day"
    return f"{date_words(days.first)} to {date_words(days.last)}"
