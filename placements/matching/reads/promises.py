"""Days promised to schools that are under no contract yet, so that no day is promised twice (R-4.11).

Time is in whole quarters of a day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Greatest

from astcoord.core.plain_rows import Spelt, iso
from placements.days.lifecycle import DAY_COUNTS
from placements.days.models import LedgerEntry, OutreachDay
from placements.matching.lifecycle import MATCH_LIVE
from placements.matching.models import Match
from placements.placement.lifecycle import PLACEMENT_OPEN
from schools.calendar.models import AcademicYear
from schools.calendar.reads import YearShares


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
    use: str = ""


def open_among(matches: QuerySet[Match]) -> list[Promise]:
    """What `matches`, and the placements that came of them, still hold of anybody's time; one query.

    A live match holds its days until it becomes a placement; an open placement those under no contract or undated.
    """
    return _read(_holding(matches).exclude(uncontracted=0, undated=0))


def spelt(what: str, matches: QuerySet[Match]) -> QuerySet[Any]:
    """The same as rows of `what`, a post and a text for `read_from`: to be asked for with other things in one query."""
    holding = _holding(matches).exclude(uncontracted=0, undated=0)
    text = Spelt(*(iso(name) for name in ("first", "last")), "uncontracted", "undated", "pk", "use")
    return holding.values_list(Value(what), "post_id", text)


def read_from(post: int, text: str) -> Promise:
    """One promise as `spelt` has it; it has no text where a day is not known."""
    first, last, uncontracted, undated, match, use = text.split("/", 5)
    days = date.fromisoformat(first), date.fromisoformat(last)
    return Promise(post, *days, int(uncontracted), int(undated), int(match), use)


def uncontracted_among(matches: QuerySet[Match]) -> list[Promise]:
    """Of these only what is under no contract, which is all that a year’s balance asks for; one query."""
    return _read(_holding(matches).filter(uncontracted__gt=0))


def _holding(matches: QuerySet[Match]) -> QuerySet[Any]:
    given = Cast(Coalesce("placement__days", "days") * 4, IntegerField())
    contracted = _quarters(LedgerEntry.objects.filter(kind=LedgerEntry.Kind.CONTRACT))
    dated = _quarters(OutreachDay.objects.filter(status__in=DAY_COUNTS))
    before = Coalesce(Cast(F("placement__days_before") * 4, IntegerField()), 0)
    return (
        matches.filter(Q(status__in=MATCH_LIVE, placement=None) | Q(placement__status__in=PLACEMENT_OPEN))
        .annotate(
            first=Coalesce("placement__starts_on", "request__wanted_from"),
            last=Coalesce("placement__ends_on", "request__wanted_until"),
            uncontracted=Greatest(given - contracted, 0),
            undated=Greatest(given - dated - before, 0),
            use=Coalesce("placement__category", Value("")),
        )
        .order_by()
    )


def _read(holding: QuerySet[Any]) -> list[Promise]:
    rows = holding.values_list("post_id", "first", "last", "uncontracted", "undated", "pk", "use")
    return [Promise(*row) for row in rows if row[1] and row[2]]


def in_year(post_ids: Iterable[int], year: AcademicYear, apart_from: int | None = None) -> dict[tuple[int, str], int]:
    """For the ledger: quarters promised under no contract yet, by post and use of the year; one query, or three."""
    found = uncontracted_among(Match.objects.filter(post_id__in=list(post_ids)))
    borne = Borne(year)
    quarters: dict[tuple[int, str], int] = {}
    for promise in found:
        if promise.match != apart_from and (here := borne.of(promise)):
            key = promise.post, promise.use
            quarters[key] = quarters.get(key, 0) + here
    return quarters


class Borne:
    """What one school year has to bear of promises: all of those within it, its part of those that cross its ends."""

    def __init__(self, year: AcademicYear | None) -> None:
        self.year = year
        self._years = YearShares()

    def of(self, promise: Promise) -> int:
        """Quarters of one promise."""
        year = self.year
        if year is None or promise.last < year.starts_on or year.ends_on < promise.first:
            return 0
        if year.starts_on <= promise.first and promise.last <= year.ends_on:
            return promise.uncontracted
        return self._years.shares(promise.first, promise.last, promise.uncontracted).get(year.pk, 0)

    def total(self, promises: Sequence[Promise]) -> int:
        """Quarters of all of them."""
        return sum([self.of(promise) for promise in promises]) if promises else 0


def _quarters(rows: QuerySet[Any]) -> Coalesce:
    """Quarters of the rows that belong to the placement of the outer query; 0 where there is none."""
    mine = rows.order_by().filter(placement=OuterRef("placement")).values("placement")
    return Coalesce(Subquery(mine.annotate(total=Cast(Sum("days") * 4, IntegerField())).values("total")), 0)
