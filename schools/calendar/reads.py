"""Questions about days: is there school, which term is it, how many weeks are there to teach.

Every function may be called from anywhere; for many days at once fetch `between` once and ask that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

import holidays
from django.db.models import QuerySet, Value

from schools.calendar.models import AcademicYear, Closure, HalfTerm, Term
from schools.calendar.rules import shared_out, span_holds

Range = tuple[date, date]
Rows = QuerySet[Any]


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> dict[date, str]:
    """Bank holidays in England in a calendar year, substitute days included."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def working_day(day: date) -> bool:
    """Neither a weekend nor a bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The day on which so many working days have passed since `day`, which does not count itself."""
    while count:
        day += timedelta(days=1)
        count -= working_day(day)
    return day


def days(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class SchoolCalendar:
    """A stretch of the calendar in memory: when schools teach, and the closures within; `years` where asked for."""

    teaching: tuple[Range, ...]
    closures: tuple[Range, ...] = ()
    years: tuple[AcademicYear, ...] = ()

    def year_on(self, day: date) -> AcademicYear | None:
        """The academic year that holds `day`, if it has been entered."""
        return next((year for year in self.years if year.holds(day)), None)

    def school_day(self, day: date) -> bool:
        """Pupils are in school: within a half-term, and no weekend, bank holiday, INSET or closed day."""
        return (
            working_day(day)
            and any(span_holds(first, last, day) for first, last in self.teaching)
            and not any(span_holds(first, last, day) for first, last in self.closures)
        )

    def school_days(self, first: date, last: date) -> list[date]:
        """The school days from first to last, both included."""
        return [day for day in days(first, last) if self.school_day(day)]

    def weeks(self, first: date, last: date) -> list[date]:
        """The Mondays of the weeks with at least one school day from first to last."""
        return sorted({monday(day) for day in self.school_days(first, last)})


def between(first: date, last: date) -> SchoolCalendar:
    """The calendar from first to last, in one query. A term without half-terms teaches throughout."""
    within = [rows.objects.touching(first, last) for rows in (HalfTerm, Term, Closure)]
    return _read(*within)


def onwards(first: date) -> SchoolCalendar:
    """The calendar from first on, as far as it has been entered, with its years: all in one query."""
    half_terms, terms, closures, years = (
        rows.objects.filter(ends_on__gte=first) for rows in (HalfTerm, Term, Closure, AcademicYear)
    )
    return _read(half_terms, terms, closures, years)


def _read(half_terms: Rows, terms: Rows, closures: Rows, years: Rows | None = None) -> SchoolCalendar:
    kinds = {"half-term": half_terms, "term": terms.filter(half_terms=None), "closure": closures}
    kinds |= {} if years is None else {"year": years}
    one, *more = (rows.order_by().values_list(Value(k), "pk", "starts_on", "ends_on") for k, rows in kinds.items())
    found: dict[str, list[Range]] = {kind: [] for kind in kinds}
    held = []
    for kind, pk, starts, ends in one.union(*more, all=True):
        found[kind].append((starts, ends))
        if kind == "year":
            held.append(AcademicYear.from_db(None, ["id", "starts_on", "ends_on"], [pk, starts, ends]))
    return SchoolCalendar(
        teaching=(*found["half-term"], *found["term"]),
        closures=tuple(found["closure"]),
        years=tuple(sorted(held, key=lambda year: year.starts_on)),
    )


def year_on(day: date) -> AcademicYear | None:
    """The academic year that holds `day`, if it has been entered."""
    return AcademicYear.objects.on(day).first()


def term_on(day: date) -> Term | None:
    """The term that holds `day`, its half-term break included; None in the holidays between terms."""
    return Term.objects.on(day).select_related("year").first()


def known(day: date) -> bool:
    """Whether the calendar of that year has been entered at all: if not, no day in it is a school day."""
    return year_on(day) is not None


def school_day(day: date) -> bool:
    """Pupils are in school on `day`."""
    return between(day, day).school_day(day)


def first_working_day(term: Term) -> date:
    """The first day of a term on which offices are open; an INSET day is one."""
    return next((day for day in days(term.starts_on, term.ends_on) if working_day(day)), term.starts_on)


class YearShares:
    """How much of something that lasts some time belongs to each school year: by the weeks taught (R-4.1).

    The calendar is read once, and only when something does cross from one year into another.
    """

    def __init__(self) -> None:
        self._counted: dict[Range, list[int]] = {}

    @cached_property
    def years(self) -> list[AcademicYear]:
        """All there are, in order."""
        return list(AcademicYear.objects.order_by("starts_on"))

    @cached_property
    def _school(self) -> SchoolCalendar:
        return between(self.years[0].starts_on, self.years[-1].ends_on)

    def touched(self, first: date, last: date) -> list[AcademicYear]:
        """The years of the calendar that something from first to last lies in, in order."""
        return [year for year in self.years if year.starts_on <= last and first <= year.ends_on]

    def shares(self, first: date, last: date, whole: int) -> dict[int, int]:
        """Of `whole` quarters of a day, those of each year, by its id; nothing where no year is known."""
        years = self.touched(first, last)
        if len(years) < 2:
            return {year.pk: whole for year in years}
        return dict(zip([year.pk for year in years], shared_out(whole, self._weeks(first, last)), strict=True))

    def _weeks(self, first: date, last: date) -> list[int]:
        """Weeks taught in each of the years touched."""
        if (first, last) not in self._counted:
            spans = [(max(first, y.starts_on), min(last, y.ends_on)) for y in self.touched(first, last)]
            self._counted[first, last] = [len(self._school.weeks(*span)) for span in spans]
        return self._counted[first, last]

    def most(self, first: date, last: date, free: Mapping[int, int]) -> int:
        """The most quarters from first to last of which no year has to bear more than is `free` in it."""
        years = self.touched(first, last)
        upper = sum(max(free.get(year.pk, 0), 0) for year in years)
        fits = (n for n in range(upper, 0, -1) if self._bears(first, last, n, free))
        return next(fits, 0)

    def _bears(self, first: date, last: date, whole: int, free: Mapping[int, int]) -> bool:
        return all(part <= max(free.get(pk, 0), 0) for pk, part in self.shares(first, last, whole).items())
