"""Weigh, then certify: the exact lexicographic optimum of one form (R-7.1; decision record on the plan).

First one run over need and placement score together, which is quick, for every set of placements has a price in it.
Then class by class the proof that no more need can be met, starting from that plan. Where its need vector is the best
one, no plan is better: any other plan with that vector would have a higher weighted value. Otherwise the placement
score is maximised under the best vector. A published plan has one stage more that chooses among equals by a hash of
ids, again weighed and then certified.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from placements.allocation.plan.form import Dates, Form
from placements.allocation.plan.greedy import first_solution
from placements.allocation.plan.highs import Watch
from placements.allocation.plan.matrix import Mask
from placements.allocation.plan.model import INFINITE, Model, Row
from placements.allocation.plan.neighbourhood import improve
from placements.allocation.plan.problem import Clash, Contradiction
from placements.allocation.plan.reduced_costs import Solved, maximise
from placements.allocation.plan.result import Level, Stage

NEED_WORTH = 100
CLASS_RATIO = 30
TIE_SHARE = 1000
TIED_MOST = 10**6
WORTH_MOST = 10**7
"""A unit of need never counts more than this, for the solver counts in floating point."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The offers chosen, with what is proved of them. `found` is False where time ran out before any solution."""

    chosen: tuple[int, ...]
    found: bool
    levels: tuple[Level, ...]
    place: int
    place_bound: int
    stages: tuple[Stage, ...]
    proved: bool
    canonical: bool


@dataclass(slots=True)
class Run:
    """One form on its way through the stages."""

    form: Form
    model: Model
    watch: Watch
    part: int
    best: tuple[int, ...] | None
    stages: list[Stage]
    alive: Mask | None = None

    def stage(self, name: str, objective: Mapping[int, int], keep: Sequence[Row] = ()) -> Solved:
        """One run of the solver, noted; its solution is taken up if it is better."""
        solved = maximise(self.model, objective, self.watch, self.best, keep, alive=self.alive)
        if solved.infeasible:
            raise Contradiction([Clash("No plan keeps to all pins and to the rules at the same time.")])
        self.stages.append(
            Stage(
                self.part, name, solved.value, solved.bound, solved.optimal, solved.status, solved.seconds, solved.nodes
            )
        )
        if solved.chosen is not None:
            self.take(solved.chosen)
            if not solved.optimal:
                self.take(first_solution(self.form, self.model.dates, solved.chosen))
        return solved

    def take(self, chosen: tuple[int, ...] | None) -> None:
        """Keep a solution if it is better than the best one so far, by need and then by placement score."""
        if chosen is not None and (self.best is None or self.worth(chosen) > self.worth(self.best)):
            self.best = chosen

    def worth(self, chosen: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
        return self.form.need(self.form.met(chosen)), self.form.place(chosen)


def lexicographic(
    form: Form,
    dates: Dates | None,
    watch: Watch,
    start: tuple[int, ...] | None,
    *,
    part: int = 0,
    canonical: bool = False,
) -> Outcome:
    """Solve one form to its proved optimum, or as far as the time goes."""
    run = Run(form, Model.of(form, dates), watch, part, start, [])
    worth = _worth(form)
    first = _weighed(run, worth)
    levels, keep = best_need(run, worth)
    proved, bound = _placed(run, worth, first, keep) if len(keep) == len(levels) else (False, None)
    if not proved:
        levels = _improved(run, worth, levels, keep)
    tied = proved and canonical and _tied(run, worth, keep)
    chosen = run.best or ()
    place = form.place(chosen)
    return Outcome(
        chosen=chosen,
        found=run.best is not None,
        levels=tuple(levels),
        place=place,
        place_bound=place if proved else max(place, _place_most(run.model) if bound is None else bound),
        stages=tuple(run.stages),
        proved=proved,
        canonical=tied,
    )


def weighed(
    form: Form, dates: Dates | None, watch: Watch, start: tuple[int, ...] | None
) -> tuple[tuple[int, ...] | None, bool]:
    """(offers of the best plan by weights alone, whether that is proved): quick, for questions about a plan."""
    run = Run(form, Model.of(form, dates), watch, 0, start, [])
    solved = run.stage("weighed", _sum(_weights(run, _worth(form))))
    return solved.chosen, solved.optimal


def _worth(form: Form) -> list[int]:
    """What a unit of need counts, by class."""
    return [NEED_WORTH * CLASS_RATIO**n for n in reversed(range(len(form.priorities)))]


def _weighed(run: Run, worth: Sequence[int]) -> Solved:
    """Need by class and placement score in one objective, in at most a third of the time."""
    whole, run.watch = run.watch, run.watch.share(1 / 3)
    solved = run.stage("weighed", _sum(_weights(run, worth)))
    run.watch = whole
    return solved


def _improved(run: Run, worth: Sequence[int], levels: Sequence[Level], keep: Sequence[Row]) -> list[Level]:
    """The rest of the time goes into better plans near the best one, with no less of the classes that are proved."""
    if run.best is not None:
        least: list[Row] = [(need, low, INFINITE) for need, low, _ in keep]
        run.take(improve(run.model, _sum(_weights(run, worth)), run.best, run.watch, least))
    met = run.form.need(run.form.met(run.best or ()))
    return [replace(level, met=m, bound=max(level.bound, m)) for level, m in zip(levels, met, strict=True)]


def _weights(run: Run, worth: Sequence[int]) -> list[tuple[int, Mapping[int, int]]]:
    needs = [run.model.need(p) for p in run.form.priorities]
    return [*zip(worth, needs, strict=True), (1, run.model.place())]


def _placed(run: Run, worth: list[int], solved: Solved, keep: Sequence[Row]) -> tuple[bool, int | None]:
    """The best placement score under the best need vector: (proved, bound). Raises `worth` where it misled."""
    best = [low for _, low, _ in keep]
    while solved.optimal:
        got = run.form.need(run.form.met(solved.chosen or ()))
        if list(got) == best:
            run.alive = solved.alive
            return True, run.form.place(solved.chosen or ())
        short = next(n for n, (a, b) in enumerate(zip(got, best, strict=True)) if a != b)
        worth[:] = [w * CLASS_RATIO if n <= short else w for n, w in enumerate(worth)]
        if worth[0] > WORTH_MOST:
            break
        solved = _weighed(run, worth)
    placed = run.stage("placement", run.model.place(), keep)
    run.alive = placed.alive if placed.optimal else run.alive
    return placed.optimal, placed.bound


def best_need(run: Run, worth: Sequence[int]) -> tuple[list[Level], list[Row]]:
    """Need met class by class, with bounds; and a row for each class that is proved, to hold later stages to it.

    What is ruled out on the way stays so: the best plan is among the best of every class.
    """
    form = run.form
    keep: list[Row] = []
    bounds: dict[int, int] = {}
    for n, priority in enumerate(form.priorities):
        solved, bounds[priority] = _class(run, worth, n, keep)
        if not solved.optimal:
            break
        keep.append((run.model.need(priority), bounds[priority], bounds[priority]))
        run.alive = solved.alive
    asked = {p: sum(w.weight for w in form.wants if w.priority == p) for p in form.priorities}
    met = zip(form.priorities, form.need(form.met(run.best or ())), strict=True)
    return [Level(p, m, max(min(bounds.get(p, asked[p]), asked[p]), m), asked[p]) for p, m in met], keep


def _class(run: Run, worth: Sequence[int], n: int, keep: Sequence[Row]) -> tuple[Solved, int]:
    """One class: (run of the solver, bound on its need with the classes above at their best).

    The classes above are in the objective rather than fixed, which is far quicker. No plan in which they are at their
    best can then have more of this class than the best value leaves. Where that value gave some of theirs away for
    it, they are fixed after all.
    """
    priorities = run.form.priorities
    name, needs = f"need {priorities[n]}", [run.model.need(p) for p in priorities[: n + 1]]
    whole, run.watch = run.watch, run.watch.share(2 / 3)
    solved = run.stage(name, _sum(zip(worth[: n + 1], needs, strict=True)))
    run.watch = whole
    best = [low for _, low, _ in keep]
    if solved.optimal and list(run.form.need(run.form.met(solved.chosen or ()))[:n]) != best:
        solved = run.stage(name, needs[n], keep)
        return solved, solved.bound
    above = sum(int(w * v) for w, v in zip(worth[:n], best, strict=True))
    return solved, (solved.bound - above) // worth[n]


def _tied(run: Run, weights: Sequence[int], keep: Sequence[Row]) -> bool:
    """Among plans that are equal in all that counts, the one that ids choose; True where that is proved too.

    The score counts so much more than ids here that the best plan seldom loses any of it; else it is fixed.
    """
    worth, place, ties = run.worth(run.best or ()), run.model.place(), run.model.ties()
    weighed = _sum([(TIE_SHARE, _sum(_weights(run, weights))), (1, ties)])
    fixed = [*keep, (place, worth[1], worth[1])]
    ways: list[tuple[Mapping[int, int], Sequence[Row]]] = [(weighed, ()), (ties, fixed)]
    for objective, rows in ways if weights[0] < TIED_MOST else ways[1:]:
        solved = run.stage("tie", objective, rows)
        if solved.chosen is not None and run.worth(solved.chosen) == worth:
            run.best = solved.chosen
            return solved.optimal
        if not solved.optimal:
            break
    return False


def _sum(weighed: Iterable[tuple[int, Mapping[int, int]]]) -> dict[int, int]:
    total: dict[int, int] = {}
    for weight, objective in weighed:
        for column, value in objective.items():
            total[column] = total.get(column, 0) + weight * value
    return total


def _place_most(model: Model) -> int:
    """A bound on the placement score that needs no solver: each AST at its best set, every school helped."""
    best: dict[int, int] = {}
    loose = {one.post for one in model.form.bundles if one.sets is None}
    for post, chosen in model.columns:
        points = sum(model.form.offers[n].points for n in chosen)
        best[post] = best.get(post, 0) + max(points, 0) if post in loose else max(best.get(post, 0), points)
    return sum(best.values()) + model.form.school * len({w.host for w in model.form.wants})
