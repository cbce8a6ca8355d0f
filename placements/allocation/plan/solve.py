"""The deployment plan: the best assignment of ASTs to requests that the rules allow, and the proof of it.

The problem falls into parts that share nobody; each is solved to its proved optimum and checked by code that shares
nothing with the solver. A plan is made again quickly: parts that a change does not touch are taken over.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from placements.allocation.plan import validate
from placements.allocation.plan.bundles import Schedule
from placements.allocation.plan.canonical import canonical as canonical_text
from placements.allocation.plan.canonical import sha256
from placements.allocation.plan.check import check
from placements.allocation.plan.eligibility import Eligibility, Offer
from placements.allocation.plan.form import Dates, Form, form_of, split
from placements.allocation.plan.greedy import first_solution
from placements.allocation.plan.highs import Watch, solver
from placements.allocation.plan.model import Model
from placements.allocation.plan.problem import Contradiction, PlanProblem
from placements.allocation.plan.reduced_costs import maximise
from placements.allocation.plan.result import Assignment, Level, OutreachDay, PartResult, Plan, Progress, Status
from placements.allocation.plan.stages import Outcome, lexicographic
from placements.allocation.plan.timetable import dates as dated

TIME_LIMIT = 60.0


class OutOfTime(TimeoutError):
    """Not even a first plan was found in the time; only pins can make that hard."""


class BrokenPlan(AssertionError):
    """The checker found that a plan breaks a rule: a fault in the program, and the plan must not be used."""


@dataclass(slots=True)
class Maker:
    """One plan in the making."""

    eligibility: Eligibility
    offers: list[Offer]
    watch: Watch
    canonical: bool
    progress: Callable[[Progress], None] | None
    start: Plan | None

    def part(self, place: int, parts: int, members: tuple[frozenset[int], frozenset[int]]) -> PartResult:
        """Take over, or solve, one part."""
        self.watch.pause()
        self.tell(Progress(place, parts, "reading"))
        posts, requests = members
        key = sha256(canonical_text(self.eligibility.problem.only(posts, requests)))
        for old in self.start.parts if self.start else ():
            if old.key == key and old.proved and (old.canonical or not self.canonical):
                return replace(old, reused=True)
        form, dates = form_of(self.eligibility, members, self.offers, self.watch.pause)
        self.watch.tell = None
        if self.progress is not None:
            self.watch.tell = lambda value, bound: self.tell(Progress(place, parts, "solving", value, bound))
        outcome = self.solve(form, dates, place)
        pairs = tuple((o.request, o.post, o.half) for o in (form.offers[n] for n in outcome.chosen))
        return PartResult(
            key,
            pairs,
            outcome.levels,
            outcome.place,
            outcome.place_bound,
            outcome.stages,
            outcome.proved,
            outcome.canonical,
        )

    def solve(self, form: Form, dates: Dates, place: int) -> Outcome:
        """Solve one form, starting from the earlier plan and from the simple rule."""
        before = form.numbers((a.request, a.post, a.half) for a in self.start.assignments) if self.start else ()
        first = first_solution(form, dates, before)
        try:
            outcome = lexicographic(form, dates, self.watch, first, part=place, canonical=self.canonical)
        except Contradiction:
            raise Contradiction([validate.clash_of_pins(_fewest_pins(form, dates, self.watch))]) from None
        if not outcome.found:
            raise OutOfTime("Time ran out before a plan was found that keeps all pins. Allow more, or lift a pin.")
        return outcome

    def tell(self, word: Progress) -> None:
        if self.progress is not None:
            self.progress(word)


def plan(
    problem: PlanProblem,
    *,
    time_limit: float = TIME_LIMIT,
    canonical: bool = False,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    start: Plan | None = None,
) -> Plan:
    """The best plan within `time_limit` seconds.

    With `canonical`, equal plans are told apart by ids, so that every run and machine publishes the same one.
    `start` is an earlier plan of nearly the same problem: untouched parts are taken over, the rest starts from it.
    Raises Contradiction where pins or facts cannot be kept, Cancelled when `cancelled()` turns true.
    """
    began, cpu = time.monotonic(), time.process_time()
    problem = problem.ordered()
    validate.refuse(problem)
    eligibility = Eligibility(problem)
    offers = eligibility.all_offers()
    validate.refuse_pins(eligibility, offers)
    maker = Maker(eligibility, offers, Watch.seconds(time_limit, cancelled), canonical, progress, start)
    members = split(problem, offers)
    parts = tuple(maker.part(n, len(members), part) for n, part in enumerate(members, 1))
    made = assemble(eligibility, offers, parts, canonical=canonical)
    verdict = check(problem, made)
    if verdict:
        raise BrokenPlan(" ".join(verdict))
    return replace(made, seconds=time.monotonic() - began, cpu_seconds=time.process_time() - cpu)


def assemble(
    eligibility: Eligibility, offers: Sequence[Offer], parts: tuple[PartResult, ...], *, canonical: bool
) -> Plan:
    """One plan from the results of all parts, with dates."""
    problem = eligibility.problem
    chosen = {pair for part in parts for pair in part.pairs}
    assignments = tuple(_assignments(eligibility, [o for o in offers if (o.request, o.post, o.half) in chosen]))
    met = {a.request for a in assignments}
    proved = all(part.proved for part in parts)
    return Plan(
        status=Status.PROVED if proved else Status.TIMED_OUT,
        assignments=assignments,
        unmet=tuple(a.request for a in problem.demands if a.request not in met),
        levels=tuple(_levels(problem, parts)),
        place=sum(part.place for part in parts),
        place_bound=sum(part.place_bound for part in parts),
        parts=parts,
        canonical=canonical and all(part.canonical for part in parts),
        solver=solver(),
        input_sha256=sha256(canonical_text(problem)),
        weights_version=problem.weights.version,
        warnings=validate.warnings(problem, eligibility),
    )


def _levels(problem: PlanProblem, parts: Sequence[PartResult]) -> Iterator[Level]:
    for priority in sorted({a.priority for a in problem.demands}):
        levels = [level for part in parts for level in part.levels if level.priority == priority]
        asked = sum(a.weight for a in problem.demands if a.priority == priority)
        yield Level(priority, sum(lv.met for lv in levels), sum(lv.bound for lv in levels), asked)


def _assignments(eligibility: Eligibility, chosen: Sequence[Offer]) -> Iterator[Assignment]:
    """Assignments with dates, by request and post."""
    dates: dict[tuple[int, int], tuple[OutreachDay, ...]] = {}
    for post in sorted({o.post for o in chosen}):
        mine = [o for o in chosen if o.post == post]
        schedule = Schedule.of(eligibility, eligibility.problem.supply(post), mine)
        found = dated(
            schedule.base, schedule.room, {o.request: (schedule.allowed[o.request], o.quarters) for o in mine}
        )
        dates |= {(r, post): tuple(OutreachDay(on, quarters) for on, quarters in days) for r, days in found.items()}
    demands = {a.request: a for a in eligibility.problem.demands}
    supplies = {g.post: g for g in eligibility.problem.supplies}
    for offer in sorted(chosen, key=lambda o: (o.request, o.post)):
        assessed = eligibility.assess(demands[offer.request], supplies[offer.post])
        parts, km = (assessed.score.points, assessed.score.km) if assessed.score else ((), None)
        days = dates[offer.request, offer.post]
        yield Assignment(offer.request, offer.post, offer.quarters, offer.half, days, offer.points, km, parts)


def _fewest_pins(form: Form, dates: Dates, watch: Watch) -> Form:
    """Drop every pin without which the rest is still impossible: what is left clashes, and nothing in it is idle."""
    left = form
    for group in form.pinned:
        trial = replace(left, pinned=tuple(g for g in left.pinned if g != group))
        if maximise(Model.of(trial, dates), {}, watch).infeasible:
            left = trial
    return left
