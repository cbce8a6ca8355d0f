"""The time report: delivered outreach, other AST work and inreach, summed in six ways (R-10.7, R-15.11).

Each way has the same totals: a day with two kinds of work is shared between them. Inreach is never outreach (R-4.8).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from astcoord.core.clock import today
from astcoord.core.wording import date_words
from astcoord.core.words import say, say_later
from evaluation.diary.lifecycle import DiaryStatus
from placements.activities.lifecycle import ActivityKind
from placements.activities.models import Activity
from placements.allocation.problem import days as in_days
from placements.allocation.problem import quarters
from placements.balances.reads import uses
from placements.days import ledger
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.days.rules.time import monday_of
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from schools.calendar.models import HalfTerm
from schools.calendar.rules import shared_out
from staff.accounts.models import User
from staff.expertise.vocabulary import WorkType
from staff.posts.models import Post

WAYS = {
    "school": "School",
    "activity": "Kind of work",
    "category": say_later("Part of the AST’s year"),
    "week": "Week",
    "half_term": "Half-term",
    "term": "Term",
    "ast": say_later("AST"),
}
ZERO = Decimal(0)
UNTOLD = "Not written up"
UNCOUNTED = "Not taken from the year’s days"
OUTREACH, WORK, INREACH = "outreach", "work", "inreach"


@dataclass(frozen=True)
class Entry:
    """One stretch of an AST's time: an outreach day that was delivered, other work, or inreach."""

    sort: str
    on: date
    days: Decimal
    school: str
    ast: str
    kinds: tuple[str, ...]
    category: str


@dataclass(frozen=True)
class Line:
    """One row: days of each sort, on how many dates."""

    label: str
    outreach: Decimal = ZERO
    work: Decimal = ZERO
    inreach: Decimal = ZERO
    dates: int = 0

    @property
    def days(self) -> Decimal:
        """All of them."""
        return self.outreach + self.work + self.inreach


@dataclass(frozen=True)
class TimeReport:
    """Time grouped in one way; `total` is the sum of its lines' days, and the same in every way."""

    way: str
    lines: list[Line]
    total: Line

    @property
    def heading(self) -> str:
        """What the first column holds."""
        return WAYS[self.way]


def delivered(user: User, *, first: date, last: date, ast: int | None = None) -> QuerySet[OutreachDay]:
    """The delivered days that this person may count, from first to last; of one AST (user id) if given."""
    found = OutreachDay.objects.filter(
        status=DayStatus.DONE, on__range=(first, last), placement__in=Placement.objects.visible_to(user)
    )
    return found.filter(placement__post__user_id=ast) if ast else found


def undated(user: User, *, first: date, last: date, ast: int | None = None) -> Decimal:
    """Days that were used before this system, entered from first to last: without a date, so in none of the sums."""
    mine = ledger.undated().filter(on__range=(first, last), placement__in=Placement.objects.visible_to(user))
    found = mine.filter(post__user_id=ast) if ast else mine
    return found.aggregate(Sum("days"))["days__sum"] or ZERO


def other_work(user: User, *, first: date, last: date, ast: int | None = None) -> QuerySet[Activity]:
    """Work outside placements, and inreach, of the ASTs whose posts this person sees; none that is still to come."""
    posts = Post.objects.visible_to(user).order_by().values("pk")
    found = Activity.objects.standing().filter(post__in=posts, on__range=(first, min(last, today())))
    return found.filter(post__user_id=ast) if ast else found


def entries(user: User, *, first: date, last: date, ast: int | None = None) -> list[Entry]:
    """All that this person may count, in two queries and one for the calendar and the policy."""
    days = delivered(user, first=first, last=last, ast=ast).order_by("on", "pk")
    year = calendar.year_on(last) or calendar.year_on(first)
    deployment = next(iter(uses.names(year)), "Outreach") if year else "Outreach"
    columns = ("on", "days", "placement__host__name", "placement__post__user__name", "placement__category")
    rows = days.values_list(*columns, "diary__status", "diary__activities")
    found = [
        Entry(OUTREACH, on, share, school, ast_, _kinds(status, told), category or deployment)
        for on, share, school, ast_, category, status, told in rows
    ]
    work = other_work(user, first=first, last=last, ast=ast).select_related("post__user", "post__home")
    return sorted([*found, *map(_of, work.order_by("on", "pk"))], key=lambda entry: entry.on)


def _kinds(status: str | None, told: Iterable[str] | None) -> tuple[str, ...]:
    """The kinds of work of a day that has been written up."""
    if status is None or status == DiaryStatus.DRAFT:
        return (UNTOLD,)
    return tuple(str(WorkType(code).label) for code in told or ()) or (UNTOLD,)


def _of(each: Activity) -> Entry:
    return Entry(
        INREACH if each.is_inreach else WORK,
        each.on,
        each.days,
        f"{each.post.home.name}, {say('the AST')}’s own" if each.is_inreach else say("No school: other AST work"),
        each.post.name,
        (str(ActivityKind(each.kind).label),),
        (each.category or str(ActivityKind(each.kind).label)) if each.counts else UNCOUNTED,
    )


def time_report(found: Sequence[Entry], way: str) -> TimeReport:
    """Sum entries in one of `WAYS`; by time one query for the calendar."""
    label = _LABELS[way]() if way in ("half_term", "term") else _PLAIN[way]
    sums: dict[str, dict[str, Decimal]] = {}
    dates: dict[str, int] = {}
    for entry in found:
        for name, days in label(entry):
            sums.setdefault(name, dict.fromkeys((OUTREACH, WORK, INREACH), ZERO))[entry.sort] += days
            dates[name] = dates.get(name, 0) + 1
    lines = [Line(name, dates=dates[name], **by) for name, by in sums.items()]
    ordered = lines if way in ("week", "half_term", "term") else sorted(lines, key=_order(way))
    whole = {sort: sum((e.days for e in found if e.sort == sort), ZERO) for sort in (OUTREACH, WORK, INREACH)}
    return TimeReport(way, ordered, Line("Total", dates=len(found), **whole))


Labels = Callable[[Entry], Iterable[tuple[str, Decimal]]]


def _order(way: str) -> Callable[[Line], tuple[Decimal, str]]:
    return lambda line: (-line.days if way in ("activity", "category") else ZERO, line.label)


def _by_kind(entry: Entry) -> Iterable[tuple[str, Decimal]]:
    """A day with two kinds of work is half the one and half the other, in quarters."""
    parts = shared_out(quarters(entry.days), [1] * len(entry.kinds))
    return [(kind, in_days(part)) for kind, part in zip(entry.kinds, parts, strict=True)]


def _spans(names: Sequence[tuple[date, date, str]]) -> Labels:
    def label(entry: Entry) -> Iterable[tuple[str, Decimal]]:
        name = next((name for first, last, name in names if first <= entry.on <= last), "In the holidays")
        return [(name, entry.days)]

    return label


def _half_terms() -> Labels:
    halves = HalfTerm.objects.select_related("term").order_by("starts_on")
    return _spans([(half.starts_on, half.ends_on, half.name) for half in halves])


def _terms() -> Labels:
    halves = HalfTerm.objects.select_related("term").order_by("starts_on")
    return _spans([(half.starts_on, half.ends_on, half.term.name) for half in halves])


_LABELS: dict[str, Callable[[], Labels]] = {"half_term": _half_terms, "term": _terms}
_PLAIN: dict[str, Labels] = {
    "school": lambda entry: [(entry.school, entry.days)],
    "ast": lambda entry: [(entry.ast, entry.days)],
    "category": lambda entry: [(entry.category, entry.days)],
    "activity": _by_kind,
    "week": lambda entry: [(f"Week of {date_words(monday_of(entry.on))}", entry.days)],
}
