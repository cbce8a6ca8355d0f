"""What must be true of schools and their calendar. Plain values in, `Problem`s out; no Django."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from astcoord.core.problems import Problem

MAINTAINED_KINDS = frozenset({"01", "02", "03", "05", "07", "12", "14", "15"})
"""The register's type codes for schools that a local authority maintains (R-1.1): community, voluntary aided
and controlled, foundation, community and foundation special, pupil referral units, nursery schools."""


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


def day_words(day: date) -> str:
    """Such as “3 May 2027”."""
    return f"{day.day} {day:%B %Y}"


def can_host_gaps(
    *, head_name: str, chair_name: str, chair_email: str, head_has_account: bool | None = None
) -> list[Problem]:
    """What is missing before a school can host (R-1.1, R-1.3).

    `head_has_account=None` means that it is not known here, and then it is no gap.
    """
    gaps = []
    if not head_name.strip():
        gaps.append(Problem("The headteacher is missing: add the name.", "head_name", "R-1.1", "no-head"))
    if head_has_account is False:
        gaps.append(Problem("The headteacher has no account: invite the headteacher.", "", "R-1.3", "no-head-account"))
    if not chair_name.strip():
        gaps.append(Problem("The chair of governors is missing: add the name.", "chair_name", "R-1.3", "no-chair"))
    if not chair_email.strip():
        gaps.append(
            Problem(
                "The chair of governors cannot be reached: add the chair’s e-mail address.",
                "chair_email",
                "R-1.3",
                "no-chair-contact",
            )
        )
    return gaps


def status_problems(new: Days, existing: Iterable[Days], *, label: str = "") -> list[Problem]:
    """A status row against rows of the same kind that may not share a day with it (R-1.2).

    For a category `existing` is every category of the school; for a programme every row of that programme.
    """
    problems = order_problems(new)
    if problems:
        return problems
    return [
        Problem(
            f"{label or new.name} would overlap with {old.name}, {_range_words(old)}: end that first, "
            "or choose other dates.",
            "starts_on",
            "R-1.2",
            "overlap",
        )
        for old in existing
        if overlap(new, old)
    ]


def ending_problems(*, starts_on: date, ends_on: date) -> list[Problem]:
    """The last day of a category or programme may not come before its first (R-1.2)."""
    if ends_on >= starts_on:
        return []
    return [Problem(f"Last day must be on or after {day_words(starts_on)}, the first day", "ends_on", "R-1.2")]


def order_problems(days: Days) -> list[Problem]:
    """The last day may not come before the first."""
    if days.last is None or days.last >= days.first:
        return []
    return [
        Problem(
            f"{days.name} ends on {day_words(days.last)}, before it starts on {day_words(days.first)}",
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
                    f"{after.name} starts on {day_words(after.first)}, but {before.name} ends on "
                    f"{day_words(before.last)}: a half-term must start after the one before it has ended",
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
        return f"which started on {day_words(days.first)} and has no last day"
    return f"{day_words(days.first)} to {day_words(days.last)}"
