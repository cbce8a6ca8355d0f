"""The time report: delivered days by school, activity, week and half-term (R-10.7, R-15.11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from astcoord.core.wording import date_words
from evaluation.diary.lifecycle import DiaryStatus
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.days.rules.time import monday_of
from placements.placement.models import Placement
from schools.calendar.models import HalfTerm
from staff.accounts.models import User
from staff.expertise.vocabulary import WorkType

WAYS = {
    "school": "Host school",
    "activity": "Kind of work",
    "week": "Week",
    "half_term": "Half-term",
    "ast": "AST",
}
ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One row: how many days, on how many dates."""

    label: str
    days: Decimal
    dates: int


@dataclass(frozen=True)
class TimeReport:
    """Days grouped in one way. `days` is the true total, which the lines of `activity` may pass."""

    way: str
    lines: list[Line]
    days: Decimal
    dates: int

    @property
    def heading(self) -> str:
        """What the first column holds."""
        return WAYS[self.way]

    @property
    def overlaps(self) -> bool:
        """A day with two kinds of work counts under both."""
        return self.way == "activity"


def delivered(user: User, *, first: date, last: date, ast: int | None = None) -> QuerySet[OutreachDay]:
    """The delivered days that this person may count, from first to last; of one AST (user id) if given."""
    found = OutreachDay.objects.filter(
        status=DayStatus.DONE, on__range=(first, last), placement__in=Placement.objects.visible_to(user)
    )
    return found.filter(placement__post__user_id=ast) if ast else found


def time_report(days: QuerySet[OutreachDay], way: str) -> TimeReport:
    """Sum `days` in one of WAYS: at most three queries, whatever the number of days."""
    whole = days.order_by().aggregate(days=Sum("days"), dates=Count("pk"))
    return TimeReport(way, _LINES[way](days.order_by()), whole["days"] or ZERO, whole["dates"])


def _by_column(column: str) -> Any:
    def lines(days: QuerySet[OutreachDay]) -> list[Line]:
        sums = days.values_list(column).annotate(Sum("days"), Count("pk")).order_by(column)
        return [Line(label, total, count) for label, total, count in sums]

    return lines


def _by_activity(days: QuerySet[OutreachDay]) -> list[Line]:
    told = ~Q(diary__status=DiaryStatus.DRAFT)
    wanted: dict[str, Any] = {}
    for code in WorkType.values:
        here = Q(diary__activities__has=code) & told
        wanted[f"days_{code}"] = Sum("days", filter=here)
        wanted[f"dates_{code}"] = Count("pk", filter=here)
    sums = days.aggregate(**wanted)
    lines = [Line(label, sums[f"days_{code}"] or ZERO, sums[f"dates_{code}"]) for code, label in WorkType.choices]
    return sorted((line for line in lines if line.dates), key=lambda line: -line.days)


def _by_week(days: QuerySet[OutreachDay]) -> list[Line]:
    sums: dict[date, Line] = {}
    for on, total, count in _dates(days):
        monday = monday_of(on)
        before = sums.get(monday, Line(f"Week of {date_words(monday)}", ZERO, 0))
        sums[monday] = Line(before.label, before.days + total, before.dates + count)
    return [sums[monday] for monday in sorted(sums)]


def _by_half_term(days: QuerySet[OutreachDay]) -> list[Line]:
    dates = list(_dates(days))
    if not dates:
        return []
    first, last = min(on for on, _, _ in dates), max(on for on, _, _ in dates)
    lines = []
    for half in HalfTerm.objects.touching(first, last).select_related("term"):
        inside = [(total, count) for on, total, count in dates if half.holds(on)]
        if inside:
            lines.append(Line(half.name, sum((t for t, _ in inside), ZERO), sum(c for _, c in inside)))
    return lines


def _dates(days: QuerySet[OutreachDay]) -> Iterable[tuple[date, Decimal, int]]:
    return days.values_list("on").annotate(Sum("days"), Count("pk"))


_LINES = {
    "school": _by_column("placement__host__name"),
    "ast": _by_column("placement__post__user__name"),
    "activity": _by_activity,
    "week": _by_week,
    "half_term": _by_half_term,
}
