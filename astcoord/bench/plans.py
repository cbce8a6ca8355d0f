"""The plan against the simple rules, on made-up authorities: what exactness brings, and what it takes.

Greedy takes the best-scored offer of the first class first; first come, first served takes requests by how long they
waited and the nearest AST who can. Both keep every hard rule and real dates.
"""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from astcoord.bench.seeded import AUTHORITY, COUNTY, LEA, NATIONAL_AUTHORITIES, Size, seeded
from placements.allocation.plan.eligibility import Eligibility
from placements.allocation.plan.form import Dates, Form, form_of, split
from placements.allocation.plan.greedy import best_first, in_order
from placements.allocation.plan.problem import PlanProblem
from placements.allocation.plan.result import Level, PartResult, Plan
from placements.allocation.plan.solve import assemble, plan
from placements.allocation.scoring import kilometres

SIZES: dict[str, tuple[Size, int, float]] = {
    "lea": (LEA, 20, 60),
    "county": (COUNTY, 5, 120),
    "national": (AUTHORITY, NATIONAL_AUTHORITIES, 60),
}
"""By name: the size, how many seeds, and the seconds each plan may take."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way of planning over several instances. Shares are of need asked; days of the free days of all ASTs."""

    rule: str
    need: float
    first_class: float
    met: int
    wasted_days: float
    km_a_day: float
    cpu_median: float
    cpu_p95: float
    cpu_most: float
    gap: float
    proved: int
    of: int


@dataclass(frozen=True, slots=True)
class Run:
    """One way of planning on one instance."""

    plan: Plan
    cpu: float
    free_quarters: int
    km_quarters: float


def runs(problem: PlanProblem, time_limit: float) -> dict[str, Run]:
    """The optimum and the simple rules on one problem."""
    free = free_quarters(problem)
    found = {}
    ways: tuple[tuple[str, Callable[[], Plan]], ...] = (
        ("optimum", lambda: plan(problem, time_limit=time_limit)),
        ("optimum, no halves", lambda: plan(whole_only(problem), time_limit=time_limit)),
        ("greedy, best score first", lambda: by_rule(problem, best_first)),
        ("first come, first served", lambda: by_rule(problem, lambda form: first_come(problem, form, by_class=False))),
        ("first come in class order", lambda: by_rule(problem, lambda form: first_come(problem, form, by_class=True))),
    )
    for name, make in ways:
        began = time.process_time()
        made = make()
        cpu = time.process_time() - began
        found[name] = Run(made, cpu, free, sum((a.km or 0) * a.quarters for a in made.assignments))
    return found


def whole_only(problem: PlanProblem) -> PlanProblem:
    """The same problem where nothing may be shared."""
    return replace(problem, demands=tuple(replace(a, halves=False) for a in problem.demands))


def by_rule(problem: PlanProblem, order: Callable[[Form], Sequence[int]]) -> Plan:
    """A plan made by taking offers in an order as long as the rules allow."""
    problem = problem.ordered()
    eligibility = Eligibility(problem)
    offers = eligibility.all_offers()
    parts = []
    for members in split(problem, offers):
        form, dates = form_of(eligibility, members, offers, lambda: None)
        parts.append(_part(form, dates, order(form)))
    return assemble(eligibility, offers, tuple(parts), canonical=False)


def _part(form: Form, dates: Dates, order: Sequence[int]) -> PartResult:
    chosen = in_order(form, dates, order)
    need = form.need(form.met(chosen))
    levels = tuple(Level(p, n, n, n) for p, n in zip(form.priorities, need, strict=True))
    place = form.place(chosen)
    pairs = tuple((form.offers[n].request, form.offers[n].post, form.offers[n].half) for n in chosen)
    return PartResult("", pairs, levels, place, place, (), False, False)


def first_come(problem: PlanProblem, form: Form, *, by_class: bool) -> list[int]:
    """Offers by how long the request has waited, then its number, then the nearest AST."""
    demands = {a.request: a for a in problem.demands}
    spots = {g.post: g.facts.spot for g in problem.supplies}

    def key(n: int) -> tuple[int, int, int, float, int]:
        offer = form.offers[n]
        demand = demands[offer.request]
        km = kilometres(demand.need.spot, spots[offer.post])
        return demand.priority if by_class else 0, -demand.waiting, offer.request, km or 0.0, offer.post

    return sorted((n for n, o in enumerate(form.offers) if not o.half), key=key)


def free_quarters(problem: PlanProblem) -> int:
    """What all ASTs who may go out could give, were every school to want it."""
    eligibility = Eligibility(problem.ordered())
    total = 0
    for supply in problem.supplies:
        if not supply.barred and supply.facts.inducted:
            room = eligibility.room(supply)
            shares: dict[int, int] = {}
            for share, group in zip(room.share, room.group, strict=True):
                shares[group] = shares.get(group, 0) + share
            weeks = sum(min(share, room.left[group]) for group, share in shares.items())
            total += min(weeks, supply.facts.left)
    return total


def table(size: str, *, seeds: int | None = None, tell: Callable[[str], None] | None = None) -> list[Line]:
    """All rules over all seeds of one size."""
    kind, count, limit = SIZES[size]
    gathered: dict[str, list[Run]] = {}
    for seed in range(1, (seeds or count) + 1):
        for name, run in runs(seeded(kind, seed), limit).items():
            gathered.setdefault(name, []).append(run)
        if tell is not None:
            tell(f"{size} {seed} of {seeds or count}")
    return [_line(name, found) for name, found in gathered.items()]


def _line(rule: str, found: list[Run]) -> Line:
    cpu = sorted(run.cpu for run in found)
    days = sum(sum(a.quarters for a in run.plan.assignments) for run in found)
    levels = [run.plan.levels for run in found]
    first = [lv[0] for lv in levels if lv]
    return Line(
        rule=rule,
        need=sum(lv.met for found in levels for lv in found) / max(sum(lv.asked for f in levels for lv in f), 1),
        first_class=sum(lv.met for lv in first) / max(sum(lv.asked for lv in first), 1),
        met=sum(len({a.request for a in run.plan.assignments}) for run in found),
        wasted_days=(sum(run.free_quarters for run in found) - days) / 4 / len(found),
        km_a_day=sum(run.km_quarters for run in found) / max(days, 1),
        cpu_median=median(cpu),
        cpu_p95=cpu[max(-(-len(cpu) * 95 // 100) - 1, 0)],
        cpu_most=cpu[-1],
        gap=max(run.plan.gap for run in found) if rule.startswith("optimum") else float("nan"),
        proved=sum(run.plan.reproducible for run in found),
        of=len(found),
    )


def printed(size: str, lines: Sequence[Line]) -> Iterator[str]:
    """The table, line by line."""
    kind = SIZES[size][0]
    yield (
        f"{size}: {kind.asts} ASTs × {kind.requests} requests × {kind.half_terms} half-terms, "
        f"{lines[0].of if lines else 0} instances"
    )
    yield (
        f"{'rule':<27}{'need met':>9}{'class 1':>9}{'requests':>10}{'days wasted':>13}{'km a day':>10}"
        f"{'CPU s median':>14}{'p95':>7}{'most':>7}{'gap':>7}{'proved':>9}"
    )
    for line in lines:
        exact = line.rule.startswith("optimum")
        yield (
            f"{line.rule:<27}{line.need:>9.1%}{line.first_class:>9.1%}{line.met / line.of:>10.1f}"
            f"{line.wasted_days:>13.1f}{line.km_a_day:>10.1f}{line.cpu_median:>14.2f}{line.cpu_p95:>7.2f}"
            f"{line.cpu_most:>7.2f}"
            + (f"{line.gap:>7.2%}{f'{line.proved} of {line.of}':>9}" if exact else f"{'':>7}{'':>9}")
        )
    best = {line.rule: line for line in lines}
    if "greedy, best score first" in best and best["greedy, best score first"].need:
        for rule in ("optimum", "optimum, no halves"):
            gain = best[rule].need / best["greedy, best score first"].need - 1
            yield f"{rule}: {gain:+.1%} need met against greedy"
    yield f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
