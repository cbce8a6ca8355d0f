"""A problem and its plan laid open for questions: forced re-solves and small changes, each over one part only."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from placements.allocation.plan.changes import Change
from placements.allocation.plan.ejection import insert
from placements.allocation.plan.eligibility import Assessment, Cache, Eligibility, Offer
from placements.allocation.plan.form import Dates, Form, form_of, split
from placements.allocation.plan.greedy import Taken, first_solution
from placements.allocation.plan.highs import Watch
from placements.allocation.plan.problem import Contradiction, PlanProblem
from placements.allocation.plan.result import Plan
from placements.allocation.plan.stages import weighed


@dataclass(frozen=True, slots=True)
class Forced:
    """The plan's part with one request forced in: what is lost and gained by it, or that it cannot be."""

    possible: bool
    proved: bool
    lost: tuple[int, ...] = ()
    gained: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    need_change: tuple[tuple[int, int], ...] = ()
    place_change: int = 0


class Study:
    """Questions about one plan. Reading is done once; each question re-solves the part that it touches."""

    def __init__(
        self,
        problem: PlanProblem,
        plan: Plan,
        *,
        cache: Cache | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self.problem = problem.ordered()
        self.plan = plan
        self.cancelled = cancelled
        self.eligibility = Eligibility(self.problem, cache)
        self.offers: list[Offer] = self.eligibility.all_offers()
        self.parts = split(self.problem, self.offers)
        self.met = frozenset(a.request for a in plan.assignments)
        self._forms: dict[int, tuple[Form, Dates]] = {}

    def around(self, request: int) -> tuple[Form, Dates] | None:
        """The part a request belongs to; None where nobody could take it."""
        place = next((n for n, (_, requests) in enumerate(self.parts) if request in requests), None)
        if place is None:
            return None
        if place not in self._forms:
            watch = Watch.seconds(60, self.cancelled)
            self._forms[place] = form_of(self.eligibility, self.parts[place], self.offers, watch.pause)
        return self._forms[place]

    def force(self, request: int, *, time_limit: float) -> Forced:
        """Meet this request, then do the best that is left, need by class and placement score weighed in one."""
        found = self.around(request)
        if found is None:
            return Forced(possible=False, proved=True)
        form, dates = found
        forced = form.forcing(request)
        old = self._now(form)
        try:
            watch = Watch.seconds(time_limit, self.cancelled)
            chosen, proved = weighed(forced, dates, watch, first_solution(forced, dates, old))
        except Contradiction:
            return Forced(possible=False, proved=True)
        return Forced(possible=True, proved=False) if chosen is None else self._compare(form, old, chosen, proved)

    def _now(self, form: Form) -> tuple[int, ...]:
        return form.numbers((a.request, a.post, a.half) for a in self.plan.assignments)

    def _compare(self, form: Form, old: tuple[int, ...], new: tuple[int, ...], proved: bool) -> Forced:
        before, after = form.met(old), form.met(new)
        needs = zip(form.priorities, form.need(before), form.need(after), strict=True)
        who = {r: {form.offers[n].post for n in old if form.offers[n].request == r} for r in before & after}
        now = {r: {form.offers[n].post for n in new if form.offers[n].request == r} for r in who}
        return Forced(
            possible=True,
            proved=proved,
            lost=tuple(sorted(before - after)),
            gained=tuple(sorted(after - before)),
            moved=tuple(sorted(r for r in who if who[r] != now[r])),
            need_change=tuple((priority, b - a) for priority, a, b in needs if a != b),
            place_change=form.place(new) - form.place(old),
        )

    def meets(self, request: int, change: Change) -> bool:
        """Whether the change would let this request be met beside every request that is met now.

        At most a few of those go to other ASTs for it (`ejection`): a co-ordinator assessments for small changes.
        """
        kept = self.met | {request}
        problem = change.apply(self.problem)
        if not self._able(problem, request):
            return False
        problem = problem.only(frozenset(g.post for g in problem.supplies), kept)
        eligibility = Eligibility(problem.ordered(), self.eligibility.cache)
        offers = eligibility.all_offers()
        part = next((part for part in split(eligibility.problem, offers) if request in part[1]), None)
        if part is None:
            return False
        form, dates = form_of(eligibility, part, offers, None)
        taken = Taken(form, dates)
        taken.hold(self._now(form))
        return insert(taken, request)

    def _able(self, problem: PlanProblem, request: int) -> bool:
        """Whether anybody could take the request, were nobody else asking: the cheap question before the dear one."""
        eligibility = Eligibility(problem, self.eligibility.cache)
        demand = problem.demand(request)
        offers = [o for supply in problem.supplies for o in eligibility.offers(eligibility.assess(demand, supply))]
        return any(not o.half for o in offers) or len(offers) > 1

    def assessments(self, request: int) -> list[Assessment]:
        """What was seen of every AST for a request."""
        demand = self.problem.demand(request)
        return [self.eligibility.assess(demand, supply) for supply in self.problem.supplies]


@dataclass(slots=True)
class Allowance:
    """Seconds to spend on a series of questions."""

    seconds: float
    began: float = 0.0

    def __post_init__(self) -> None:
        self.began = time.monotonic()

    @property
    def left(self) -> float:
        return max(self.seconds - (time.monotonic() - self.began), 0.0)
