"""What must be true of spans of days and of the school calendar. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words

if TYPE_CHECKING:
    from schools.calendar.models import AcademicYear


class Span(Protocol):
    """Whatever has a first day and perhaps a last: a row of the calendar, a school's status, or `Days`."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...


@dataclass(frozen=True)
class Days:
    """A span as a form has it, with its name in messages and the field that they belong to."""

    name: str
    starts_on: date
    ends_on: date | None = None
    field: str = "ends_on"

    def __str__(self) -> str:
        return self.name


def span_holds(first: date, last: date | None, day: date) -> bool:
    """`day` is within first–last; both ends count, and no last day means still going on."""
    return first <= day and (last is None or day <= last)


def overlap(a: Span, b: Span) -> bool:
    """The two share at least one day."""
    return (b.ends_on is None or a.starts_on <= b.ends_on) and (a.ends_on is None or b.starts_on <= a.ends_on)


def order_problems(days: Span, field: str = "ends_on") -> list[Problem]:
    """The last day may not come before the first."""
    if days.ends_on is None or days.ends_on >= days.starts_on:
        return []
    return [
        Problem(
            f"{days} ends on {date_words(days.ends_on)}, before it starts on {date_words(days.starts_on)}",
            field,
            code="reversed",
        )
    ]


def calendar_problems(year: Days, half_terms: Sequence[Days]) -> list[Problem]:
    """A year and its half-terms, in order: each runs forwards, in the year, ends before the next starts."""
    problems = order_problems(year, year.field)
    for half in half_terms:
        problems += order_problems(half, half.field)
        if problems:
            continue
        if half.starts_on < year.starts_on or (year.ends_on and half.ends_on and half.ends_on > year.ends_on):
            problems.append(
                Problem(
                    f"{half} must lie within the year, {range_words(year)}",
                    half.field,
                    code="outside-year",
                )
            )
    for before, after in pairwise(half_terms):
        if before.ends_on is not None and after.starts_on <= before.ends_on:
            problems.append(
                Problem(
                    f"{after} starts on {date_words(after.starts_on)}, but {before} ends on "
                    f"{date_words(before.ends_on)}: a half-term must start after the one before it has ended",
                    after.field,
                    code="overlap",
                )
            )
    return problems


def year_overlap_problems(year: Days, others: Iterable["AcademicYear"]) -> list[Problem]:
    """Two academic years may not share a day."""
    return [
        Problem(f"The year overlaps with the year {other.slug}, {range_words(other)}", year.field, code="overlap")
        for other in others
        if overlap(year, other)
    ]


def closure_problems(closure: Days, existing: Iterable[Span]) -> list[Problem]:
    """Closed days run forwards and are recorded once."""
    return order_problems(closure) or [
        Problem(f"These days overlap with {other}, {range_words(other)}", "starts_on", code="overlap")
        for other in existing
        if overlap(closure, other)
    ]


def range_words(days: Span) -> str:
    """Such as “2 May 2027 to 3 May 2027”."""
    if days.ends_on is None:
        return f"which started on {date_words(days.starts_on)} and has no last day"
    return f"{date_words(days.starts_on)} to {date_words(days.ends_on)}"


def shared_out(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` in parts as the weights are to one another, none of it lost; what is left over goes to the largest rest.

    >>> shared_out(10, [5, 6])
    [5, 5]
    """
    total = sum(weights)
    if not total:
        return [whole] + [0] * (len(weights) - 1)
    parts = [whole * weight // total for weight in weights]
    rests = [whole * weight % total for weight in weights]
    for at in sorted(range(len(weights)), key=lambda n: (-rests[n], n))[: whole - sum(parts)]:
        parts[at] += 1
    return parts
