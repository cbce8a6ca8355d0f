"""What is known about an AST's days: whether another fits, and a placement's days by half-term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import CapMode
from astcoord.core.problems import Problem, blocking
from placements.days import ledger
from placements.days.lifecycle import DAY_OPEN, DayStatus
from placements.days.models import LedgerEntry, OutreachDay
from placements.days.rules import days as days_rules
from placements.days.rules import time
from placements.days.rules.time import DayUse
from placements.placement.models import Meeting, Placement
from placements.placement.reads import policy_of, proposed_for
from schools.calendar import reads as calendar
from schools.calendar.models import Closure, HalfTerm
from staff.posts.models import PostAbsence

Span = tuple[date, date]


@dataclass
class DayBook:
    """One AST's days over a stretch of the calendar: says whether one more fits. Costs no query once loaded."""

    placement: Placement
    preliminary_held: bool
    rules_in_force: Policy
    school: calendar.SchoolCalendar
    closures: list[tuple[Span, str]]
    half_terms: list[HalfTerm]
    contracted: Decimal
    placed: Decimal
    proposed: Placement | None = None
    uses: list[DayUse] = field(default_factory=list)
    dates: set[date] = field(default_factory=set)
    away: list[tuple[date, date | None]] = field(default_factory=list)

    def problems(self, use: DayUse) -> list[Problem]:
        """Everything that forbids this much on this date, at planning and at writing up alike (R-4.3)."""
        stopping = days_rules.not_under_way(self.placement, use.on, preliminary_held=self.preliminary_held)
        return stopping or self.misfits(use)

    def misfits(self, use: DayUse) -> list[Problem]:
        """The same for a day that has been held: whether the placement is still under way does not matter (R-10.8)."""
        found = self._date_problems(use)
        if not found and self.proposed is not None:
            found += days_rules.against_proposed(self.proposed, use, self.placed)
        return found + time.over_contract(self.placed, use.days, self.contracted)

    def fits(self, use: DayUse) -> bool:
        """Whether calendar, dates and cap leave room for it, however many days the contract holds."""
        return not self._date_problems(use)

    def _date_problems(self, use: DayUse) -> list[Problem]:
        found = days_rules.not_part_of_a_day(use.days)
        found += days_rules.not_a_school_day(use.on, self.school.school_day(use.on), why=self.why_closed(use.on))
        found += self._outside_contract(use.on)
        found += days_rules.twice_on_a_date(use.on, self.dates)
        found += days_rules.while_away(use.on, self.away)
        return found + (self._over_cap(use) or days_rules.over_one_day(self.uses, use))

    def add(self, use: DayUse) -> None:
        """Count a day that is about to be planned, so that the next one is judged with it."""
        self.uses.append(use)
        self.dates.add(use.on)
        self.placed += use.days

    def take_out(self, use: DayUse) -> None:
        """No longer count a day that is about to be moved."""
        if use in self.uses:
            self.uses.remove(use)
        self.dates.discard(use.on)
        self.placed -= use.days

    def why_closed(self, on: date) -> str:
        """What a day without school is: "it is a Saturday", "Christmas Day", "a training day"."""
        if on.weekday() >= 5:
            return f"it is a {on:%A}"
        if holiday := calendar.bank_holidays(on.year).get(on):
            return holiday
        return next((name for (first, last), name in self.closures if first <= on <= last), "it is in the holidays")

    def notice(self, on: date, today: date) -> list[Problem]:
        """The warning of short notice, if there is one to give."""
        given = self.school.school_days(today + timedelta(days=1), on - timedelta(days=1))
        return days_rules.short_notice(len(given), self.placement.notice_days)

    def _outside_contract(self, on: date) -> list[Problem]:
        if self.placement.starts_on is None or self.placement.ends_on is None:
            return []
        return time.outside_contract(on, self.placement.starts_on, self.placement.ends_on)

    def _over_cap(self, use: DayUse) -> list[Problem]:
        cap = self.rules_in_force.most_a_week
        averaged = self.rules_in_force.cap_mode == CapMode.HALF_TERM_AVERAGE
        half = next((h for h in self.half_terms if h.holds(use.on)), None) if averaged else None
        if half is None:
            return time.over_weekly_cap(self.uses, use, cap=cap)
        span = (half.starts_on, half.ends_on)
        weeks = len(self.school.weeks(*span))
        return time.over_half_term_average(self.uses, use, cap=cap, span=span, weeks=weeks)


def day_book(placement: Placement, first: date, last: date, *, replacing: OutreachDay | None = None) -> DayBook:
    """Load what decides about dates from first to last; `replacing` is a day that is being moved or written up."""
    half_terms = list(HalfTerm.objects.touching(first, last).select_related("term"))
    start = min([calendar.monday(first), *(h.starts_on for h in half_terms)])
    end = max([calendar.monday(last) + timedelta(days=6), *(h.ends_on for h in half_terms)])
    others = OutreachDay.objects.counting().filter(placement__post_id=placement.post_id)
    if replacing is not None:
        others = others.exclude(pk=replacing.pk)
    mine = list(others.filter(placement=placement).values_list("on", "days"))
    return DayBook(
        placement=placement,
        preliminary_held=placement.taken_in_on is not None
        or placement.meetings.filter(kind=Meeting.Kind.PRELIMINARY).exists(),
        rules_in_force=policy_of(placement, first),
        school=calendar.between(start, end),
        closures=[((c.starts_on, c.ends_on), c.name or c.get_kind_display()) for c in _closures(start, end)],
        half_terms=half_terms,
        # A proposed extension holds days of the AST's year before it is signed; the contract in force has its own.
        contracted=min(ledger.placement_sums(placement)[LedgerEntry.Kind.CONTRACT], placement.days),
        placed=sum((days for _, days in mine), placement.days_before),
        proposed=proposed_for(placement),
        uses=[DayUse(on, days) for on, days in others.filter(on__range=(start, end)).values_list("on", "days")],
        dates={on for on, _ in mine},
        away=[] if replacing is not None and replacing.on == first == last else _away(placement),
    )


def _away(placement: Placement) -> list[tuple[date, date | None]]:
    """When the AST is away. A day that was kept in such a time is not asked about again while it stays there."""
    return list(PostAbsence.objects.filter(post=placement.post_id).values_list("starts_on", "ends_on"))


def room_until(placement: Placement, first: date, last: date) -> Decimal:
    """Days that this placement could still be given from first to last, on its weekday, beside all that its AST gives
    (R-4.3). The placement may be one that is only proposed."""
    book, found = day_book(placement, first, last), Decimal(0)
    for on in calendar.days(first, last):
        use = DayUse(on, placement.day_share)
        if placement.weekday in (None, on.weekday()) and book.fits(use):
            book.add(use)
            found += use.days
    return found


def _closures(first: date, last: date) -> Iterable[Closure]:
    return Closure.objects.touching(first, last)


@dataclass(frozen=True)
class Candidate:
    """One date of a series to be: planned, or left out and why."""

    on: date
    left_out: str = ""


def series(placement: Placement, *, first: date, last: date, weekday: int, days: Decimal) -> list[Candidate]:
    """Every such weekday from first to last, judged in order as if the ones before it were planned."""
    book = day_book(placement, first, last)
    found = []
    for on in calendar.days(first, last):
        if on.weekday() != weekday:
            continue
        use = DayUse(on, days)
        problems = blocking(book.problems(use))
        if not problems:
            book.add(use)
        found.append(Candidate(on, problems[0].message if problems else ""))
    return found


NOT_LOGGED = "not_logged"
STATES = {
    "planned": ("Planned", "blue"),
    "confirmed": ("Confirmed by the host school", "blue"),
    "done": ("Delivered", "green"),
    "cancelled": ("Cancelled", "grey"),
    NOT_LOGGED: ("Not logged", "yellow"),
}
"""What a day is on the page, and the colour of its tag."""


def state_of(day: OutreachDay, today: date) -> str:
    """The day's status; one that has passed without being written up is "not logged"."""
    if day.status in DAY_OPEN and day.on < today:
        return NOT_LOGGED
    return day.status


@dataclass(frozen=True)
class DayTotals:
    """Days by what became of them. `used` and what is still planned never overlap."""

    planned: Decimal = Decimal(0)
    delivered: Decimal = Decimal(0)
    cancelled: Decimal = Decimal(0)
    not_logged: Decimal = Decimal(0)

    @property
    def counted(self) -> Decimal:
        """What the contract's days have been given to."""
        return self.planned + self.delivered + self.not_logged


def totals(days: Sequence[OutreachDay], today: date) -> DayTotals:
    """Sums by state of these days."""
    sums = dict.fromkeys(STATES, Decimal(0))
    for day in days:
        sums[state_of(day, today)] += day.days
    return DayTotals(
        planned=sums[DayStatus.PLANNED] + sums[DayStatus.CONFIRMED],
        delivered=sums[DayStatus.DONE],
        cancelled=sums[DayStatus.CANCELLED],
        not_logged=sums[NOT_LOGGED],
    )
