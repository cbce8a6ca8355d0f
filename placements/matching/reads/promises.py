"""Days promised to schools that are under no contract yet, so that no day is promised twice (R-4.11).

Time is in whole quarters of a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, Greatest

from placements.allocation.problem import days
from placements.days.lifecycle import DAY_COUNTS
from placements.days.models import LedgerEntry, OutreachDay
from placements.matching.lifecycle import MATCH_LIVE
from placements.matching.models import Match
from placements.placement.lifecycle import PLACEMENT_OPEN
from schools.calendar.models import AcademicYear


@dataclass(frozen=True, slots=True)
class Promise:
    """One live match or open placement of an AST.

    `uncontracted` are the quarters that no contract has put into the ledger, `undated` those without a date.
    """

    post: int
    first: date
    last: date
    uncontracted: int
    undated: int
    match: int

    def falls_in(self, year: AcademicYear) -> bool:
        """A promise is charged to the school year in which it begins."""
        return year.starts_on <= self.first <= year.ends_on


def open_among(matches: QuerySet[Match]) -> list[Promise]:
    """What `matches`, and the placements that came of them, still hold of anybody's time; one query.

    A live match holds its days until it becomes a placement; an open placement those under no contract or undated.
    """
    given = Cast(Coalesce("placement__days", "days") * 4, IntegerField())
    contracted = _quarters(LedgerEntry.objects.filter(kind=LedgerEntry.Kind.CONTRACT))
    dated = _quarters(OutreachDay.objects.filter(status__in=DAY_COUNTS))
    rows = (
        matches.filter(Q(status__in=MATCH_LIVE, placement=None) | Q(placement__status__in=PLACEMENT_OPEN))
        .annotate(
            first=Coalesce("placement__starts_on", "request__wanted_from"),
            last=Coalesce("placement__ends_on", "request__wanted_until"),
            uncontracted=Greatest(given - contracted, 0),
            undated=Greatest(given - dated, 0),
        )
        .exclude(uncontracted=0, undated=0)
        .order_by()
        .values_list("post_id", "first", "last", "uncontracted", "undated", "pk")
    )
    return [Promise(*row) for row in rows if row[1] and row[2]]


def uncontracted(post_id: int, year: AcademicYear, *, apart_from: Match | None = None) -> Decimal:
    """Days of one AST's year that are promised and not yet in the ledger, in one query."""
    found = open_among(Match.objects.filter(post_id=post_id))
    return days(total([p for p in found if apart_from is None or p.match != apart_from.pk], year))


def total(promises: Sequence[Promise], year: AcademicYear | None) -> int:
    """The uncontracted quarters that one year has to bear."""
    return sum([p.uncontracted for p in promises if p.falls_in(year)]) if promises and year else 0


def _quarters(rows: QuerySet[Any]) -> Coalesce:
    """Quarters of the rows that belong to the placement of the outer query; 0 where there is none."""
    mine = rows.order_by().filter(placement=OuterRef("placement")).values("placement")
    return Coalesce(Subquery(mine.annotate(total=Cast(Sum("days") * 4, IntegerField())).values("total")), 0)
