"""The time ledger's rules (R-4.1, R-4.3, R-4.5, R-10.4): days are Decimals in steps of a quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from astcoord.core.problems import Problem
from astcoord.core.wording import QUARTER, date_words, days_words, plural
from astcoord.core.words import say

TEACHING_WEEKS = 38
"""Weeks in a school year of 190 days (requirements, units and calendar)."""


@dataclass(frozen=True)
class DayUse:
    """Days used on a date: a host day or a visit to the AST's own school. Network, CPD and inreach do not count."""

    on: date
    days: Decimal


def to_quarter(days: Decimal) -> Decimal:
    """The nearest quarter of a day, halves upwards."""
    return (days / QUARTER).quantize(Decimal(1), rounding=ROUND_HALF_UP) * QUARTER


def yearly_budget(*, days_per_year: Decimal, weeks: Sequence[Decimal], weeks_in_year: int) -> Decimal:
    """An AST's outreach days for a year (R-4.1): `weeks` has the full-time equivalent of each week in post.

    >>> yearly_budget(days_per_year=Decimal(38), weeks=[Decimal("0.5")] * 38, weeks_in_year=38)
    Decimal('19.00')
    """
    if weeks_in_year <= 0:
        return Decimal(0)
    return to_quarter(days_per_year * sum(weeks[:weeks_in_year], Decimal(0)) / weeks_in_year)


def monday_of(day: date) -> date:
    """The Monday of the week: weeks run Monday to Sunday."""
    return day - timedelta(days=day.weekday())


def over_weekly_cap(uses: Iterable[DayUse], new: DayUse, *, cap: Decimal, field: str = "on") -> list[Problem]:
    """R-4.3: all placements of one AST together may not pass the cap in a week. Two half days are fine."""
    monday = monday_of(new.on)
    used = sum((u.days for u in uses if monday_of(u.on) == monday), Decimal(0))
    if used + new.days <= cap:
        return []
    free = max(cap - used, Decimal(0))
    advice = f"Choose {days_words(free)} or less, or another week." if free else "Choose another week."
    return [
        Problem(
            f"That week already holds {days_words(used)} of outreach, and no more than {days_words(cap)} a week is "
            f"allowed for {say('one AST')}, all schools together. {advice}",
            field=field,
            rule="R-4.3",
            code="weekly-cap",
        )
    ]


def over_half_term_average(
    uses: Iterable[DayUse], new: DayUse, *, cap: Decimal, span: tuple[date, date], weeks: int, field: str = "on"
) -> list[Problem]:
    """R-4.5: with averaging on, a half-term may hold as many days as it has teaching weeks times the cap."""
    first, last = span
    used = sum((u.days for u in uses if first <= u.on <= last), Decimal(0))
    allowed = cap * weeks
    if used + new.days <= allowed:
        return []
    return [
        Problem(
            f"That half-term already holds {days_words(used)} of outreach, and its {weeks} weeks allow "
            f"{days_words(allowed)}. Choose a date in another half-term.",
            field=field,
            rule="R-4.5",
            code="half-term-cap",
        )
    ]


def outside_contract(day: date, starts_on: date, ends_on: date, *, field: str = "on") -> list[Problem]:
    """R-10.4: an outreach day lies within the contract's dates."""
    if starts_on <= day <= ends_on:
        return []
    return [
        Problem(
            f"The date must be between {date_words(starts_on)} and {date_words(ends_on)}, the dates of the contract.",
            field=field,
            rule="R-10.4",
            code="outside-contract",
        )
    ]


def over_contract(used: Decimal, new: Decimal, contracted: Decimal, *, field: str = "days") -> list[Problem]:
    """No more days may be planned or delivered than the contract holds (R-4.11)."""
    if used + new <= contracted:
        return []
    left = max(contracted - used, Decimal(0))
    return [
        Problem(
            f"The contract is for {days_words(contracted)} and {days_words(left)} of them {plural(left, 'is', 'are')} "
            f"left. Ask {say('the co-ordinator')} for an extension if you need more.",
            field=field,
            rule="R-4.11",
            code="contract-days",
        )
    ]


def no_pattern(pattern: Sequence[object]) -> list[Problem]:
    """R-4.10: the outreach weekday or half days must be settled before the first placement starts."""
    if pattern:
        return []
    return [
        Problem(
            say("The AST’s outreach time is not set. The home headteacher chooses the weekday or half days."),
            rule="R-4.10",
            code="pattern",
        )
    ]
