"""An academic year as plain values, with sensible English dates where nobody has entered any."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from schools.calendar.lifecycle import Season
from schools.calendar.models import AcademicYear
from schools.calendar.reads import bank_holidays, days, working_day
from schools.calendar.rules import Days

TEACHING_DAYS = 190
INSET_DAYS = 5
ORDER = [(season, number) for season in Season for number in (1, 2)]
"""The six half-terms of a year, in their order."""


@dataclass(frozen=True)
class Half:
    """One half-term to be."""

    season: Season
    number: int
    first: date
    last: date

    @property
    def name(self) -> str:
        """Such as “The first half of the autumn term”."""
        return f"The {'first' if self.number == 1 else 'second'} half of the {self.season} term"

    @property
    def key(self) -> str:
        """Such as “autumn_1”: the form's prefix."""
        return f"{self.season}_{self.number}"


@dataclass(frozen=True)
class YearPlan:
    """A year, its six half-terms in order, and the closed days that come with it."""

    slug: str
    first: date
    last: date
    halves: tuple[Half, ...]
    insets: tuple[date, ...] = field(default=())

    def as_days(self) -> tuple[Days, list[Days]]:
        """For `rules.calendar_problems`: the year, and the half-terms with the form fields they come from."""
        halves = [Days(h.name, h.first, h.last, f"{h.key}_starts_on") for h in self.halves]
        return Days(f"The year {self.slug}", self.first, self.last), halves

    def season(self, season: Season) -> list[Half]:
        """The two halves of one term."""
        return [half for half in self.halves if half.season == season]


def first_year_of(slug: str) -> int:
    """2026 for “2026-27”; ValueError, saying how to write it, for anything else."""
    found = re.fullmatch(r"(20\d\d)-(\d\d)", slug.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValueError(f"“{slug}” is not an academic year: write it like 2026-27")
    return int(found[1])


def slug_of(first_year: int) -> str:
    """“2026-27” for 2026."""
    return f"{first_year}-{(first_year + 1) % 100:02}"


def slug_on(day: date) -> str:
    """The academic year that a day falls in where years run from September to August."""
    return slug_of(day.year if day.month >= 9 else day.year - 1)


YEAR_AHEAD_FROM = 5
"""The month from which a school thinks of the next September: May."""


def slug_ahead(day: date) -> str | None:
    """The school year that is being prepared on a day: from May to August the next one, else None (R-17.13)."""
    return slug_of(day.year) if YEAR_AHEAD_FROM <= day.month < 9 else None


def season_year(slug: str, season: Season) -> int:
    """The calendar year of a term: the spring term of 2026-27 is in 2027."""
    return first_year_of(slug) + (season != Season.AUTUMN)


def default_year(slug: str) -> YearPlan:
    """Usual English dates: 190 teaching and 5 training days, with regard to Easter and bank holidays."""
    start = first_year_of(slug)
    autumn = _autumn(start)
    spring_end, summer_start = _around_easter(start + 1)
    february = _nth_monday(start + 1, 2, 3)
    may = _last_monday(start + 1, 5)
    spring_start = _working(_on_or_after(date(start + 1, 1, 2), weekday=0))
    spans = [
        *autumn,
        (spring_start, february - timedelta(days=3)),
        (_working(february + timedelta(days=7)), spring_end),
        (summer_start, may - timedelta(days=3)),
    ]
    summer_second = _working(may + timedelta(days=7))  # a jubilee may move the bank holiday
    spans.append((summer_second, _end_of_year(summer_second, spans)))
    halves = tuple(Half(*key, *span) for key, span in zip(ORDER, spans, strict=True))
    return YearPlan(slug, date(start, 9, 1), date(start + 1, 8, 31), halves, _training_days(halves))


def year_span(slug: str, halves: Iterable[Half]) -> tuple[date, date]:
    """September to August; August to July for an authority whose schools go back in August."""
    start = first_year_of(slug)
    if min(half.first for half in halves) < date(start, 9, 1):
        return date(start, 8, 1), date(start + 1, 7, 31)
    return date(start, 9, 1), date(start + 1, 8, 31)


def stored_year(year: AcademicYear) -> YearPlan:
    """What is entered for a year, as a plan. Expects `terms__half_terms` to be prefetched."""
    halves = [
        Half(Season(term.season), half.number, half.starts_on, half.ends_on)
        for term in year.terms.all()
        for half in term.half_terms.all()
    ]
    ordered = sorted(halves, key=lambda half: half.first)
    return YearPlan(year.slug, year.starts_on, year.ends_on, tuple(ordered))


def _autumn(year: int) -> list[tuple[date, date]]:
    """First Tuesday of September to the Friday by 22 December; a week off from the last Monday of October."""
    break_starts = _last_monday(year, 10)
    christmas = date(year, 12, 22)
    return [
        (_on_or_after(date(year, 9, 1), weekday=1), break_starts - timedelta(days=3)),
        (break_starts + timedelta(days=7), christmas - timedelta(days=(christmas.weekday() - 4) % 7)),
    ]


def _around_easter(year: int) -> tuple[date, date]:
    """Last day of spring and first of summer: two weeks off, before a late Easter, after an early one."""
    sunday = next(day for day, name in bank_holidays(year).items() if name == "Easter Monday") - timedelta(days=1)
    if sunday > date(year, 4, 12):
        return sunday - timedelta(days=16), sunday + timedelta(days=2)
    return sunday - timedelta(days=3), sunday + timedelta(days=15)


def _end_of_year(first: date, before: list[tuple[date, date]]) -> date:
    """The day on which the year's teaching and training days are complete, in July at the latest."""
    so_far = sum(working_day(day) for span in before for day in days(*span))
    wanted = TEACHING_DAYS + INSET_DAYS - so_far
    left = [day for day in days(first, date(first.year, 7, 31)) if working_day(day)]
    return left[min(wanted, len(left)) - 1]


def _training_days(halves: tuple[Half, ...]) -> tuple[date, ...]:
    """Two days in September, and the days on which pupils would come back in November, January and June."""
    first = halves[0].first
    return (first, _working(first + timedelta(days=1)), *(halves[n].first for n in (1, 2, 5)))


def _nth_monday(year: int, month: int, nth: int) -> date:
    return _on_or_after(date(year, month, 1), weekday=0) + timedelta(weeks=nth - 1)


def _last_monday(year: int, month: int) -> date:
    """Of a month with 31 days."""
    return _on_or_after(date(year, month, 25), weekday=0)


def _on_or_after(day: date, *, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _working(day: date) -> date:
    return next(d for d in days(day, day + timedelta(days=10)) if working_day(d))
