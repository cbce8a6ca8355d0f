"""Where the days of all ASTs' year are, half-term by half-term (R-14.2, R-4.11).

The sums are the ledger's. A half-term's share of the year's days is by the weeks taught in it; what is promised and has
no date yet is shared over the weeks still to come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from astcoord.core.wording import number
from astcoord.ui.stacks import Stack, draw_stack
from placements.allocation.problem import days as in_days
from placements.allocation.problem import quarters
from placements.days.lifecycle import DAY_OPEN
from placements.days.models import LedgerEntry, OutreachDay
from placements.matching.models import Match
from placements.matching.reads import promises
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear, HalfTerm
from schools.calendar.reads import monday
from schools.calendar.rules import shared_out
from staff.figures.reads.sheets import Table

Kind = LedgerEntry.Kind
ZERO = Decimal(0)
HEADER = ("Half-term", "Share of the year", "Delivered", "Promised", "Other work", "Free")
NOTE = (
    "Share of the year: the year’s days by the weeks taught. Promised: planned, under contract or held by a match; "
    "what has no date yet is shared over the weeks still to come. Other work: networks, CPD and inreach that counts. "
    "Free: what is left of the share; with a minus, the half-term gives more than its share. What an earlier half-term "
    "has left can be given later in the year."
)


@dataclass
class Line:
    """One half-term, or the whole year: days of all ASTs together."""

    label: str
    current: bool = False
    share: Decimal = ZERO
    delivered: Decimal = ZERO
    promised: Decimal = ZERO
    other: Decimal = ZERO

    @property
    def free(self) -> Decimal:
        return self.share - self.delivered - self.promised - self.other

    @property
    def over(self) -> Decimal:
        """What is given beyond the share."""
        return max(-self.free, ZERO)

    @property
    def cells(self) -> tuple[str, ...]:
        """As table and file show it."""
        amounts = (self.share, self.delivered, self.promised, self.other, self.free)
        return (f"{self.label} (now)" if self.current else self.label, *map(number, amounts))


@dataclass(frozen=True)
class YearDays:
    """The half-terms of a year, and all of them together."""

    year: AcademicYear
    total: Line
    lines: list[Line] = field(default_factory=list)

    @property
    def table(self) -> Table:
        return Table(
            code="csv",
            title="Days by half-term",
            header=HEADER,
            rows=tuple(line.cells for line in self.lines),
            total=self.total.cells,
            note=NOTE,
        )

    @property
    def stacks(self) -> list[Stack]:
        """Each half-term as a bar, all on one scale; what is over its share has no free part."""
        widest = max([line.share + line.over for line in self.lines], default=ZERO)
        return [
            draw_stack(
                line.label,
                [
                    ("delivered", line.delivered),
                    ("planned", line.promised),
                    ("other", line.other),
                    ("free", max(line.free, ZERO)),
                ],
                widest,
            )
            for line in self.lines
        ]


def year_days(today: date) -> YearDays | None:
    """The school year that holds today; None where it has not been entered. Six queries, or nine."""
    year = calendar.year_on(today)
    if year is None:
        return None
    halves = list(HalfTerm.objects.filter(term__year=year).select_related("term").order_by("starts_on"))
    found = [Line(_label(half), half.holds(today)) for half in halves]
    whole = Line("Whole year")
    entries = LedgerEntry.objects.filter(year=year).order_by().values_list("kind", "on").annotate(Sum("days"))
    sums: dict[str, Decimal] = dict.fromkeys(Kind.values, ZERO)
    for kind, on, days in entries:
        sums[kind] += days
        if found and kind in (Kind.DELIVERY, Kind.ACTIVITY, Kind.INREACH):
            line = found[_at(halves, on)]
            line.delivered += days if kind == Kind.DELIVERY else ZERO
            line.other += days if kind != Kind.DELIVERY else ZERO
    whole.share, whole.delivered = sums[Kind.BUDGET], sums[Kind.DELIVERY]
    whole.other = sums[Kind.ACTIVITY] + sums[Kind.INREACH]
    whole.promised = sums[Kind.CONTRACT] - sums[Kind.DELIVERY] + _uncontracted(year)
    if found:
        _spread(year, halves, found, whole, today)
    return YearDays(year, whole, found)


def _spread(year: AcademicYear, halves: list[HalfTerm], lines: list[Line], whole: Line, today: date) -> None:
    """The share of each half-term, and the promised days: on their dates, the rest over the weeks to come."""
    school = calendar.between(year.starts_on, year.ends_on)
    taught = [school.school_days(half.starts_on, half.ends_on) for half in halves]
    for line, part in zip(lines, _shared(whole.share, [_weeks(days) for days in taught]), strict=True):
        line.share = part
    dated = OutreachDay.objects.filter(status__in=DAY_OPEN, on__range=(year.starts_on, year.ends_on)).order_by()
    left = whole.promised
    for on, days in dated.values_list("on").annotate(Sum("days")):
        lines[_at(halves, on)].promised += days
        left -= days
    to_come = [_weeks(day for day in days if day >= today) for days in taught]
    if not any(to_come):
        to_come = [0] * (len(halves) - 1) + [1]
    for line, part in zip(lines, _shared(left, to_come), strict=True):
        line.promised += part


def _uncontracted(year: AcademicYear) -> Decimal:
    """Days of the year that live matches and open placements hold under no contract."""
    return in_days(promises.Borne(year).total(promises.uncontracted_among(Match.objects.all())))


def _weeks(days: Iterable[date]) -> int:
    return len({monday(day) for day in days})


def _shared(whole: Decimal, weights: Sequence[int]) -> Iterable[Decimal]:
    return [in_days(part) for part in shared_out(quarters(whole), weights)]


def _at(halves: list[HalfTerm], on: date) -> int:
    """A holiday belongs to the half-term before it, and the days before the first to the first."""
    return max((i for i, half in enumerate(halves) if half.starts_on <= on), default=0)


def _label(half: HalfTerm) -> str:
    return f"{half.term.get_season_display()} {half.number}"
