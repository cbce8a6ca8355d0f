"""Why a plan is as it is: for an unmet request what stands in its way, for an assignment why this AST (issue 4.4).

Reasons by AST come from the same questions that the plan asked. “Outranked” is found by forcing the request in and
seeing exactly what is lost. A remedy counts only where it would meet the request with nobody's need lost for it.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
from placements.allocation.plan.funnel import Look, Obstacle
from placements.allocation.plan.problem import Ask, Pair, PlanProblem
from placements.allocation.plan.result import Plan
from placements.allocation.plan.study import Forced, Purse, Study

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
    """Why a request is not met. `obstacles` counts ASTs by the first reason; `able` could do it, were they free.

    `outranked` says what meeting it would cost. `complete` is False where time ran out before all was tried.
    """

    request: int
    obstacles: tuple[tuple[Obstacle, int], ...]
    able: tuple[int, ...]
    outranked: Forced | None
    remedies: tuple[Remedy, ...]
    complete: bool

    @property
    def main(self) -> Obstacle | None:
        """The last question that turned somebody away: how far anybody got. None where others come first."""
        order = list(Obstacle)
        return None if self.able else max((o for o, _ in self.obstacles), key=order.index, default=None)


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
    study.problem.ask(request)
    if request in study.met:
        return Explanation(request, None, tuple(_chosen(study, request)))
    return Explanation(request, _unmet(study, request, Purse(time_limit)))


def _unmet(study: Study, request: int, purse: Purse) -> Unmet:
    looks = study.looks(request)
    able = tuple(look.giver.post for look in looks if study.funnel.offers(look))
    counted = Counter(look.obstacle for look in looks if look.obstacle is not None)
    forced = study.force(request, time_limit=purse.left) if able else None
    remedies, complete = _remedies(study, request, looks, purse)
    return Unmet(
        request,
        tuple(sorted(counted.items(), key=lambda item: list(Obstacle).index(item[0]))),
        able,
        forced,
        remedies,
        complete and (forced is None or forced.proved),
    )


def _remedies(study: Study, request: int, looks: list[Look], purse: Purse) -> tuple[tuple[Remedy, ...], bool]:
    """The first few changes that help, the smallest first; and whether all were tried that had to be."""
    ask = study.problem.ask(request)
    if ask.need.blocked:
        return (), True
    found: list[Remedy] = []
    helped: set[type] = set()
    for change in _candidates(study, ask, looks):
        if len(found) >= REMEDIES:
            return tuple(found), True
        if purse.left <= 0:
            return tuple(found), False
        if type(change) not in helped and study.meets(request, change):
            found.append(Remedy(change))
            helped.add(type(change))
    return tuple(found), True


def _candidates(study: Study, ask: Ask, looks: list[Look]) -> Iterator[Change]:
    """Changes that might help, from the least to the most asked of anybody; those that cannot help are left out."""
    by_obstacle: dict[Obstacle | None, list[Look]] = {}
    for look in looks:
        by_obstacle.setdefault(look.obstacle, []).append(look)
    within_reach = [o for o in (None, Obstacle.SHORT, Obstacle.WEEKDAYS) if by_obstacle.get(o)]
    if within_reach and ask.need.weekdays:
        yield from (SchoolTakes(ask.request, day) for day in range(5) if day not in ask.need.weekdays)
    if within_reach and not ask.halves:
        yield Halves(ask.request)
    if within_reach:
        yield from _later(study, ask)
    yield from (FreePair(Pair(ask.request, look.giver.post)) for look in by_obstacle.get(Obstacle.FORBIDDEN, ()))
    if within_reach:
        whole = ask.need.quarters
        yield from (Fewer(ask.request, quarters) for quarters in range(whole - 4, whole // 2 - 1, -4) if quarters > 0)
    yield from _further(study, ask, by_obstacle.get(Obstacle.TOO_FAR, []))
    short = [
        look
        for obstacle in (None, Obstacle.SHORT, Obstacle.NO_DAYS, Obstacle.CATEGORY)
        for look in by_obstacle.get(obstacle, ())
    ]
    for count in (1, 2, 3):
        yield from (MoreDays(look.giver.post, 4 * count, (ask.need.first, ask.need.last)) for look in short)
    for look in by_obstacle.get(Obstacle.WEEKDAYS, ()):
        yield from (GoesOn(look.giver.post, day) for day in sorted(ask.need.weekdays or range(5)))


def _later(study: Study, ask: Ask) -> Iterator[Change]:
    """Two weeks later, four, six: as far as the plan reaches."""
    ends = [
        week.open_on[-1] for week in study.problem.horizon.weeks if week.open_on and week.open_on[-1] > ask.need.last
    ]
    yield from (Until(ask.request, end) for end in ends[1:6:2])


def _further(study: Study, ask: Ask, looks: list[Look]) -> Iterator[Change]:
    """Just as many kilometres more as the nearest AST needs who fails on distance alone."""
    limit = study.problem.rules.limit_km or 0
    free = replace(ask, extra_km=math.inf)
    near = (study.funnel.look(free, look.giver) for look in looks)
    distances = sorted(
        look.score.km for look in near if look.score is not None and look.score.km and study.funnel.offers(look)
    )
    extras = dict.fromkeys(math.ceil(km - limit) for km in distances)
    yield from (Further(ask.request, extra) for extra in list(extras)[:2] if extra <= MOST_KM)


def _chosen(study: Study, request: int) -> Iterator[Chosen]:
    looks = [look for look in study.looks(request) if study.funnel.offers(look)]
    ranked = sorted(
        ((look.score.total if look.score else 0.0, look.giver.post) for look in looks), key=lambda t: (-t[0], t[1])
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
    asks = {a.request: a for a in study.problem.asks}
    mine = set(_busy(study, post)) | {request}
    others = sorted({o.request for o in study.offers if o.post == post} - mine)
    found = [Wanted(r, asks[r].priority, r in study.met) for r in others]
    yield from sorted(found, key=lambda w: (w.met, w.priority, w.request))
