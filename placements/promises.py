"""Days promised to schools that no contract has claimed yet, so that no day is promised twice (R-4.11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from placements.lifecycle import DAY_COUNTS, MATCH_LIVE, PLACEMENT_OPEN
from placements.models import LedgerEntry, Match, OutreachDay, Placement
from schools.models import AcademicYear

ZERO = Decimal(0)


@dataclass(frozen=True)
class Promise:
    """One live match or open placement of an AST.

    `days` are all its days, `unclaimed` those that no contract has put into the ledger, `undated` those without a date.
    """

    post: int
    first: date
    last: date
    days: Decimal
    unclaimed: Decimal
    undated: Decimal
    match: int

    def falls_in(self, year: AcademicYear) -> bool:
        """A promise is charged to the school year in which it begins."""
        return year.starts_on <= self.first <= year.ends_on


def of_matches(matches: QuerySet[Match]) -> list[Promise]:
    """Live matches among `matches` that have not become a placement, in one query."""
    rows = matches.filter(status__in=MATCH_LIVE, placement__isnull=True).values_list(
        "post_id", "request__wanted_from", "request__wanted_until", "days", "pk"
    )
    return [Promise(post, first, last, days, days, days, pk) for post, first, last, days, pk in rows if first and last]


def of_placements(placements: QuerySet[Placement]) -> list[Promise]:
    """Open placements among `placements`, in one query."""
    rows = (
        placements.filter(status__in=PLACEMENT_OPEN)
        .annotate(
            first=Coalesce("starts_on", "request__wanted_from"),
            last=Coalesce("ends_on", "request__wanted_until"),
            claimed=_sum(LedgerEntry.objects.filter(kind=LedgerEntry.Kind.CONTRACT)),
            dated=_sum(OutreachDay.objects.filter(status__in=DAY_COUNTS)),
        )
        .values_list("post_id", "first", "last", "days", "claimed", "dated", "match_id")
    )
    return [
        Promise(post, first, last, days, max(days - claimed, ZERO), max(days - dated, ZERO), match)
        for post, first, last, days, claimed, dated, match in rows
    ]


def unclaimed(post_id: int, year: AcademicYear, *, apart_from: Match | None = None) -> Decimal:
    """Days of one AST's year that are promised and not yet in the ledger, in two queries."""
    found = of_matches(Match.objects.filter(post_id=post_id)) + of_placements(Placement.objects.filter(post_id=post_id))
    return total(p for p in found if p.falls_in(year) and (apart_from is None or p.match != apart_from.pk))


def total(promises: Iterable[Promise]) -> Decimal:
    """The sum of unclaimed days."""
    return sum((p.unclaimed for p in promises), ZERO)


def _sum(rows: QuerySet[Any]) -> Coalesce:
    """Days of the rows that belong to the placement of the outer query."""
    mine = rows.order_by().filter(placement=OuterRef("pk")).values("placement").annotate(total=Sum("days"))
    return Coalesce(Subquery(mine.values("total")), ZERO, output_field=DecimalField(max_digits=8, decimal_places=2))
