"""Why a plan is as it is: for an unmet request what stands in its way, for an assignment why this AST (issue 4.4).

Reasons by AST come from the same questions that the plan asked. “Outranked” is found by forcing the request in and
seeing exactly what is lost. A remedy counts only where it would meet the request with nobody's need lost for it.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from placements.allocation.exclusions import Exclusion
from placements.allocation.plan.changes import (
    Change,
    Fewer,
    FreePair,
    Further,
    GoesOn,
    Halves,
    MoreDays,
    SchoolTakes,
    Until,
)
from placements.allocation.plan.eligibility import Assessment
from placements.allocation.plan.problem import Demand, Pair, PlanProblem
from placements.allocation.plan.result import Plan
from placements.allocation.plan.study import Allowance, Forced, Study

TIME_LIMIT = 5.0
REMEDIES = 3
MOST_KM = 60


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that would meet the request without taking from anybody else."""

    change: Change

    @property
    def text(self) -> str:
        return self.change.text


@dataclass(frozen=True, slots=True)
class Unmet:
    """Why a request is not met. `excluded` counts ASTs by the first reason; `able` could do it, were they free.

    `outranked` says what meeting it would cost. `complete` is False where time ran out before all was tried.
    """

    request: int
    excluded: tuple[tuple[Exclusion, int], ...]
    able: tuple[int, ...]
    outranked: Forced | None
    remedies: tuple[Remedy, ...]
    complete: bool

    @property
    def main(self) -> Exclusion | None:
        """The last question that turned somebody away: how far anybody got. None where others come first."""
        order = list(Exclusion)
        return None if self.able else max((o for o, _ in self.excluded), key=order.index, default=None)


@dataclass(frozen=True, slots=True)
class Better:
    """An AST who suits the request better, and the requests that keep the person from it."""

    post: int
    score: float
    busy_with: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Another request this AST could have taken, and whether it is met by somebody else."""

    request: int
    priority: int
    met: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """Why this AST for this request: place among those who could, who suits better, and who else wanted the AST."""

    request: int
    post: int
    score: float
    place: int
    of: int
    better: tuple[Better, ...]
    wanted_by: tuple[Wanted, ...]
    pinned: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Either why unmet, or why each AST assigned."""

    request: int
    unmet: Unmet | None
    chosen: tuple[Chosen, ...] = ()


def explain(problem: PlanProblem, plan: Plan, request_id: int, *, time_limit: float = TIME_LIMIT) -> Explanation:
    """Explain one request of a plan. KeyError where the plan does not know it."""
    return explained(Study(problem, plan), request_id, time_limit=time_limit)


def explained(study: Study, request: int, *, time_limit: float = TIME_LIMIT) -> Explanation:
    """Explain one request from a study that is already open."""
    study.problem.demand(request)
    if request in study.met:
        return Explanation(request, None, tuple(_chosen(study, request)))
    return Explanation(request, _unmet(study, request, Allowance(time_limit)))


def _unmet(study: Study, request: int, allowance: Allowance) -> Unmet:
    assessments = study.assessments(request)
    able = tuple(assessed.supply.post for assessed in assessments if study.eligibility.offers(assessed))
    counted = Counter(assessed.why_not for assessed in assessments if assessed.why_not is not None)
    forced = study.force(request, time_limit=allowance.left) if able else None
    remedies, complete = _remedies(study, request, assessments, allowance)
    return Unmet(
        request,
        tuple(sorted(counted.items(), key=lambda item: list(Exclusion).index(item[0]))),
        able,
        forced,
        remedies,
        complete and (forced is None or forced.proved),
    )


def _remedies(
    study: Study, request: int, assessments: list[Assessment], allowance: Allowance
) -> tuple[tuple[Remedy, ...], bool]:
    """The first few changes that help, the smallest first; and whether all were tried that had to be."""
    demand = study.problem.demand(request)
    if demand.need.blocked:
        return (), True
    found: list[Remedy] = []
    helped: set[type] = set()
    for change in _candidates(study, demand, assessments):
        if len(found) >= REMEDIES:
            return tuple(found), True
        if allowance.left <= 0:
            return tuple(found), False
        if type(change) not in helped and study.meets(request, change):
            found.append(Remedy(change))
            helped.add(type(change))
    return tuple(found), True


def _candidates(study: Study, demand: Demand, assessments: list[Assessment]) -> Iterator[Change]:
    """Changes that might help, from the least to the most asked of anybody; those that cannot help are left out."""
    by_reason: dict[Exclusion | None, list[Assessment]] = {}
    for assessed in assessments:
        by_reason.setdefault(assessed.why_not, []).append(assessed)
    within_reach = [o for o in (None, Exclusion.SHORT, Exclusion.WEEKDAYS) if by_reason.get(o)]
    if within_reach and demand.need.weekdays:
        yield from (SchoolTakes(demand.request, day) for day in range(5) if day not in demand.need.weekdays)
    if within_reach and not demand.halves:
        yield Halves(demand.request)
    if within_reach:
        yield from _later(study, demand)
    yield from (
        FreePair(Pair(demand.request, assessed.supply.post)) for assessed in by_reason.get(Exclusion.FORBIDDEN, ())
    )
    if within_reach:
        whole = demand.need.quarters
        yield from (
            Fewer(demand.request, quarters) for quarters in range(whole - 4, whole // 2 - 1, -4) if quarters > 0
        )
    yield from _further(study, demand, by_reason.get(Exclusion.TOO_FAR, []))
    short = [
        assessed
        for why in (None, Exclusion.SHORT, Exclusion.NO_DAYS, Exclusion.CATEGORY)
        for assessed in by_reason.get(why, ())
    ]
    for count in (1, 2, 3):
        yield from (
            MoreDays(assessed.supply.post, 4 * count, (demand.need.first, demand.need.last)) for assessed in short
        )
    for assessed in by_reason.get(Exclusion.WEEKDAYS, ()):
        yield from (GoesOn(assessed.supply.post, day) for day in sorted(demand.need.weekdays or range(5)))


def _later(study: Study, demand: Demand) -> Iterator[Change]:
    """Two weeks later, four, six: as far as the plan reaches."""
    ends = [
        week.open_on[-1] for week in study.problem.horizon.weeks if week.open_on and week.open_on[-1] > demand.need.last
    ]
    yield from (Until(demand.request, end) for end in ends[1:6:2])


def _further(study: Study, demand: Demand, assessments: list[Assessment]) -> Iterator[Change]:
    """Just as many kilometres more as the nearest AST needs who fails on distance alone."""
    limit = study.problem.rules.limit_km or 0
    free = replace(demand, extra_km=math.inf)
    near = (study.eligibility.assess(free, assessed.supply) for assessed in assessments)
    distances = sorted(
        assessed.score.km
        for assessed in near
        if assessed.score is not None and assessed.score.km and study.eligibility.offers(assessed)
    )
    extras = dict.fromkeys(math.ceil(km - limit) for km in distances)
    yield from (Further(demand.request, extra) for extra in list(extras)[:2] if extra <= MOST_KM)


def _chosen(study: Study, request: int) -> Iterator[Chosen]:
    assessments = [assessed for assessed in study.assessments(request) if study.eligibility.offers(assessed)]
    ranked = sorted(
        ((assessed.score.total if assessed.score else 0.0, assessed.supply.post) for assessed in assessments),
        key=lambda t: (-t[0], t[1]),
    )
    for made in study.plan.of(request):
        score, place = next((s, n) for n, (s, post) in enumerate(ranked, 1) if post == made.post)
        yield Chosen(
            request=request,
            post=made.post,
            score=score,
            place=place,
            of=len(ranked),
            better=tuple(Better(post, s, _busy(study, post)) for s, post in ranked[: place - 1]),
            wanted_by=tuple(_wanted(study, made.post, request)),
            pinned=made.pair in study.problem.pins,
        )


def _busy(study: Study, post: int) -> tuple[int, ...]:
    return tuple(a.request for a in study.plan.assignments if a.post == post)


def _wanted(study: Study, post: int, request: int) -> Iterator[Wanted]:
    """Others this AST could have gone to; those left unmet first, then by class."""
    demands = {a.request: a for a in study.problem.demands}
    mine = set(_busy(study, post)) | {request}
    others = sorted({o.request for o in study.offers if o.post == post} - mine)
    found = [Wanted(r, demands[r].priority, r in study.met) for r in others]
    yield from sorted(found, key=lambda w: (w.met, w.priority, w.request))
