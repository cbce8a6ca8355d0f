"""What each post brings in, and what it costs, in a school year (R-2.23). What is not known is named, never nought.

The cost is the salary of the points that were paid, by the days for which the post was held and its full-time
equivalent.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from astcoord.core.suppression import SMALLEST_GROUP
from astcoord.core.wording import date_words, listed
from staff.expertise.vocabulary import Funding
from staff.pay.models import PayPoint, SpineFigure
from staff.pay.querysets import not_recorded
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post

PENNY = Decimal("0.01")
ZERO = Decimal(0)
Figures = dict[int, list[tuple[date, Decimal]]]


@dataclass(frozen=True)
class Line:
    """One post in one year, in pounds; None where something is missing, which `missing` names."""

    post: Post
    source: str
    income: Decimal | None
    cost: Decimal | None
    missing: list[str]

    @property
    def gap(self) -> Decimal | None:
        """Cost above income; negative where there is money left."""
        return None if self.income is None or self.cost is None else self.cost - self.income


@dataclass
class Group:
    """Posts of one source, as those read it who read sums (section G)."""

    label: str
    posts: int = 0
    income: Decimal = ZERO
    cost: Decimal = ZERO

    @property
    def gap(self) -> Decimal:
        return self.cost - self.income

    def add(self, other: "Group") -> None:
        self.posts += other.posts
        self.income += other.income
        self.cost += other.cost


@dataclass(frozen=True)
class Sums:
    """By source, small groups together: those that stay too few are in no row, and not in the total."""

    rows: list[Group]
    total: Group


@dataclass(frozen=True)
class Year:
    """A school year from September to August, by the calendar year in which it begins."""

    first_year: int

    @property
    def first(self) -> date:
        return date(self.first_year, 9, 1)

    @property
    def last(self) -> date:
        return date(self.first_year + 1, 8, 31)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def lines(year: Year) -> list[Line]:
    """Every post that was held in the year; six queries."""
    held = Post.objects.filter(status__in=POST_KNOWN, starts_on__lte=year.last).exclude(ends_on__lt=year.first)
    held = held.select_related("user", "home").prefetch_related("pay_points", "hours", "income", "fundings")
    figures = _figures()
    return [_line(post, year, figures) for post in held.order_by("user__name_key", "pk")]


def unrecorded(today: date) -> list[Post]:
    """Whose pay nobody has entered, or not all of it; one query."""
    found = not_recorded(Post.objects.all(), today).select_related("user", "home")
    return list(found.order_by("user__name_key", "pk"))


def sums(found: Iterable[Line]) -> Sums:
    """Sums by source; a group of fewer than three goes together with others, or is left out (section G)."""
    groups: dict[str, Group] = {}
    for line in found:
        if line.income is None or line.cost is None:
            continue
        label = str(Funding(line.source).label)
        groups.setdefault(line.source, Group(label)).add(Group(label, 1, line.income, line.cost))
    rows = [groups[source] for source in Funding.values if source in groups]
    small = [row for row in rows if row.posts < SMALLEST_GROUP]
    rows = [row for row in rows if row.posts >= SMALLEST_GROUP]
    together = Group("Other sources together")
    for row in small:
        together.add(row)
    if together.posts >= SMALLEST_GROUP:
        rows.append(together)
    total = Group("All of these")
    for row in rows:
        total.add(row)
    return Sums(rows, total)


def _figures() -> Figures:
    found: Figures = defaultdict(list)
    for point, starts_on, amount in SpineFigure.objects.order_by("starts_on").values_list(
        "point", "starts_on", "amount"
    ):
        found[point].append((starts_on, amount))
    return found


def _line(post: Post, year: Year, figures: Figures) -> Line:
    first = max(year.first, post.starts_on or year.first)
    last = min(year.last, post.ends_on or year.last)
    amounts = [each.amount for each in post.income.all() if each.first_year == year.first_year]
    cost, missing = _cost(post, year, first, last, figures)
    if not amounts:
        missing.insert(0, "no income recorded")
    return Line(post, post.funding_on(last), sum(amounts, ZERO) if amounts else None, cost, missing)


def _cost(post: Post, year: Year, first: date, last: date, figures: Figures) -> tuple[Decimal | None, list[str]]:
    """Piece by piece between the days on which something changes."""
    points = sorted(post.pay_points.all(), key=lambda each: each.starts_on)
    changes = {first, *(each.starts_on for each in points), *(each.starts_on for each in post.hours.all())}
    changes |= {starts_on for each in points for starts_on, _ in figures.get(each.point, ())}
    begins = sorted(day for day in changes if first <= day <= last)
    cost, without_figure, missing = ZERO, set(), []
    for begin, end in zip(begins, [*(day - timedelta(days=1) for day in begins[1:]), last], strict=True):
        point = _last(points, begin)
        if point is None:
            missing.append(f"no point recorded from {date_words(begin)}")
            continue
        known = [amount for starts_on, amount in figures.get(point.point, ()) if starts_on <= begin]
        if not known:
            without_figure.add(point.point)
            continue
        cost += known[-1] * post.fte_on(begin) * ((end - begin).days + 1) / year.days
    if without_figure:
        missing.append(f"no figure for point {listed(map(str, sorted(without_figure)))}")
    return (None if missing else cost.quantize(PENNY, ROUND_HALF_UP)), missing


def _last(points: list[PayPoint], day: date) -> PayPoint | None:
    return next((each for each in reversed(points) if each.starts_on <= day), None)
