"""An AST's year in days (R-4.11): the ledger's sums, half-term by half-term and placement by placement."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from astcoord.ui.charts import Block, Strip
from placements.days import ledger
from placements.days.lifecycle import DayStatus
from placements.days.models import LedgerEntry, OutreachDay
from placements.days.rules.balance import Balance
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear, HalfTerm
from staff.posts.models import Post

Kind = LedgerEntry.Kind
ZERO = Decimal(0)


@dataclass
class PlacementLine:
    """One placement's share of the year."""

    placement: Placement
    days: dict[str, Decimal] = field(default_factory=dict)

    @property
    def contracted(self) -> Decimal:
        return self.days.get(Kind.CONTRACT, ZERO)

    @property
    def delivered(self) -> Decimal:
        return self.days.get(Kind.DELIVERY, ZERO)

    @property
    def left(self) -> Decimal:
        """What the contract still promises of this year: nothing where the promise was an earlier year’s."""
        return max(self.contracted - self.delivered, ZERO)


@dataclass(frozen=True)
class YearPage:
    post: Post
    year: AcademicYear
    balance: Balance
    strip: Strip
    placements: list[PlacementLine]
    undated: Decimal = ZERO
    """Used in placements before this system: no half-term shows them (R-17.4)."""

    @property
    def still_contracted(self) -> Decimal:
        """What contracts hold of the year and nobody has used yet."""
        return sum((line.left for line in self.placements), ZERO)


def year_page(post: Post, year: AcademicYear, today: date) -> YearPage:
    """Everything on the page of one AST's year, in six queries."""
    balance = ledger.balance(post, year)
    undated = ledger.undated().filter(post=post, year=year).aggregate(Sum("days"))["days__sum"] or ZERO
    return YearPage(post, year, balance, _strip(post, year, balance, today, undated), _lines(post, year), undated)


def _strip(post: Post, year: AcademicYear, balance: Balance, today: date, before: Decimal) -> Strip:
    halves = list(HalfTerm.objects.filter(term__year=year).select_related("term").order_by("starts_on"))
    days = OutreachDay.objects.counting().filter(placement__post=post, on__range=(year.starts_on, year.ends_on))
    planned: dict[int, Decimal] = defaultdict(Decimal)
    done: dict[int, Decimal] = defaultdict(Decimal)
    for on, share, status in days.values_list("on", "days", "status"):
        at = max((i for i, half in enumerate(halves) if half.starts_on <= on), default=0)
        (done if status == DayStatus.DONE else planned)[at] += share
    blocks = [
        Block(
            f"{half.term.get_season_display()} {half.number}",
            planned[i],
            done[i],
            current=half.starts_on <= today <= half.ends_on,
        )
        for i, half in enumerate(halves)
    ]
    return Strip(f"{post.name}, {year}", balance.budget, blocks, before)


def _lines(post: Post, year: AcademicYear) -> list[PlacementLine]:
    sums = LedgerEntry.objects.filter(post=post, year=year, placement__isnull=False).order_by()
    rows = list(sums.values_list("placement", "kind").annotate(total=Sum("days")))
    found = Placement.objects.with_people().in_bulk({pk for pk, _, _ in rows})
    lines = {pk: PlacementLine(placement) for pk, placement in found.items()}
    for pk, kind, total in rows:
        lines[pk].days[kind] = total
    return sorted(lines.values(), key=lambda line: line.placement.host.name)
