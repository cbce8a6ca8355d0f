"""ASTs as matching sees them, whoever asks: one request's ranking or a whole plan (R-7.1, R-7.2, R-4.11).

A fixed number of queries; plain values rather than model instances, because a national subject has thousands of rows.
What concerns a certain request (knowing its school, having been asked already) is added by whoever knows of requests.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from astcoord.core.models.policy import Policy
from astcoord.core.plain_rows import iso, plain, raw
from placements.allocation.problem import AstFacts, Horizon, Spot, Standing
from placements.days import ledger
from placements.days.lifecycle import DayStatus
from placements.matching.reads import promises
from placements.matching.reads.time import (
    Known,
    Promised,
    away_text,
    but,
    dated_of,
    promised_of,
    slots,
    slots_text,
    touched,
    undated_of,
)
from placements.placement.lifecycle import PLACEMENT_COMPLETED, PLACEMENT_UNDER_WAY, PlacementStatus
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear
from schools.calendar.reads import YearShares
from staff.expertise.vocabulary import Funding, InductionStep
from staff.posts.lifecycle import LET_OUT, PostStatus
from staff.posts.models import InductionItem, Post

HAS_WORKED = (*PLACEMENT_UNDER_WAY, *PLACEMENT_COMPLETED, PlacementStatus.ENDED_EARLY)
"""A placement that got as far as this has brought the AST into the school."""


class Row(NamedTuple):
    """One AST with everything that a single row can hold; dates and sets of codes as text: parsing them is dear."""

    pk: int
    level: int
    user__name: str
    home_id: int
    home__name: str
    home__easting: int | None
    home__northing: int | None
    home__cluster_id: int | None
    status: str
    funding: str
    starts: str | None
    ends: str | None
    key_stages: str
    work_types: str
    pupil_groups: str
    pattern: str | None
    away: str | None


def read(
    posts: QuerySet[Post],
    uninducted: Collection[int],
    *,
    first: date,
    year: AcademicYear | None,
    horizon: Horizon,
    policy: Policy,
    window: tuple[date, date] | None = None,
    known: Known | None = None,
) -> Iterator[tuple[Row, AstFacts]]:
    """Facts about each of `posts`, which say a `level` of expertise, on the day `first`; in four queries,
    or in one where their time in the `year` is `known` already.

    With a `window`, only what can matter to one need within it is read of the days that have a date.
    """
    ids = posts.order_by().values("pk")
    promised = known.promised if known else promised_of(ids)
    years = Years(ids, promised, year, window, known.sums if known else None)
    dated = known.dated if known else dated_of(ids, horizon, touched(promised, *window) if window else None)
    on = first.isoformat()
    # One need asks of no day before its horizon: cut off there, old patterns are equal and worked out once.
    opens = horizon.weeks[0].monday.isoformat() if window and horizon.weeks else ""
    for row in map(Row._make, plain(_rows(posts))):
        facts = _person(row, standing_of(row.status, row.funding, bool(row.ends and row.ends < on), policy), opens)
        facts.inducted = facts.standing is Standing.ASPIRANT or row.pk not in uninducted
        facts.budget, facts.committed = years.of(row.pk)
        facts.dated, facts.undated = dated.get(row.pk, ()), undated_of(years.lying_in(row.pk))
        yield row, facts


class Years:
    """Budget and time given away of ASTs in the year asked about; over a summer, in the years that the need lies in."""

    def __init__(
        self,
        ids: QuerySet[Any],
        promised: Promised,
        year: AcademicYear | None,
        window: tuple[date, date] | None,
        sums: dict[int, tuple[int, int]] | None = None,
    ) -> None:
        self.window, self.promised, self.spread = window, promised, YearShares()
        crosses = bool(window and year and not year.starts_on <= window[0] <= window[1] <= year.ends_on)
        years: list[AcademicYear | None] = [*self.spread.touched(*window)] if crosses and window else []
        self.years = [
            (each, ledger.quarters_of(ids, each) if sums is None else sums, promises.Borne(each))
            for each in years or [year]
        ]

    def of(self, post: int) -> tuple[int, int]:
        """Quarters: the budget, and so much of it given away that the rest fits into every year concerned."""
        budget = sum(sums.get(post, (0, 0))[0] for _, sums, _ in self.years)
        if len(self.years) == 1 or self.window is None:
            return budget, budget - sum(self.free(post).values())
        return budget, budget - self.most(post, *self.window)

    def free(self, post: int) -> dict[int, int]:
        """Quarters that are not given away, by the id of the year."""
        mine, found = self.promised.get(post, ()), {}
        for year, sums, borne in self.years:
            whole, taken = sums.get(post, (0, 0))
            found[year.pk if year else 0] = whole - taken - borne.total(mine)
        return found

    def lying_in(self, post: int) -> list[promises.Promise]:
        """Promises as far as their days without a date lie in these years: by the weeks, where they go on (R-4.11)."""
        mine = self.promised.get(post, [])
        ends = max([year.ends_on for year, _, _ in self.years if year], default=date.max)
        if all(promise.last <= ends for promise in mine):
            return mine
        return [each if each.last <= ends else replace(each, undated=self._here(each)) for each in mine]

    def _here(self, promise: promises.Promise) -> int:
        shares = self.spread.shares(promise.first, promise.last, promise.undated)
        return sum(shares.get(year.pk, 0) for year, _, _ in self.years if year)

    def most(self, post: int, first: date, last: date) -> int:
        """The most quarters from first to last of which each year has its part left."""
        return self.spread.most(first, last, self.free(post))


def _person(row: Row, standing: Standing, opens: str) -> AstFacts:
    """What the post itself says; nothing of time yet."""
    return AstFacts(
        post=row.pk,
        name=row.user__name,
        home=row.home_id,
        home_name=row.home__name,
        spot=Spot.of(row.home__easting, row.home__northing),
        standing=standing,
        inducted=False,
        level=row.level,
        key_stages=codes_of(row.key_stages),
        work_types=codes_of(row.work_types),
        pupil_groups=codes_of(row.pupil_groups),
        slots=but(slots(row.pattern, max(row.starts or opens, opens), row.ends), row.away),
        budget=0,
        committed=0,
    )


def _rows(posts: QuerySet[Post]) -> Any:
    stored = {f"{name}_stored": raw(name) for name in SETS}
    dates = {"starts": iso("starts_on"), "ends": iso("ends_on")}
    fields = [f"{name}_stored" if name in SETS else name for name in Row._fields]
    return posts.annotate(pattern=slots_text("pk"), away=away_text("pk"), **stored, **dates).values_list(*fields)


SETS = ("key_stages", "work_types", "pupil_groups")
"""Sets of codes, read as they are stored."""


def uninducted(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Those of `posts` who have not taken every step of the induction."""
    done = InductionItem.objects.filter(post__in=posts.order_by().values("pk"), done_on__isnull=False).order_by()
    inducted = done.values("post").annotate(steps=Count("pk")).filter(steps__gte=len(InductionStep)).values("post")
    return posts.order_by().exclude(pk__in=inducted)


def has_worked() -> QuerySet[Placement]:
    """Placements that have brought their AST into the school."""
    given = Q(outreach_days__status=DayStatus.DONE) | Q(days_before__gt=0)
    worked = Q(status__in=HAS_WORKED) | Q(given, status=PlacementStatus.CLOSED)
    return Placement.objects.filter(worked).order_by()


@lru_cache(maxsize=4096)
def codes_of(stored: str) -> frozenset[str]:
    """A set of codes as it is stored."""
    return frozenset(code for code in stored.split("|") if code)


def standing_of(status: str, funding: str, gone: bool, policy: Policy) -> Standing:
    """R-7.2: in post, or a seconded aspirant where the policy lets aspirants do outreach."""
    if status == PostStatus.IN_POST:
        return Standing.NOT_IN_POST if gone else Standing.IN_POST
    if policy.aspirant_outreach and status in LET_OUT and funding == Funding.SECONDMENT:
        return Standing.ASPIRANT
    return Standing.NOT_IN_POST if status == PostStatus.PASSED else Standing.NOT_ASSESSED
