"""Weigh, then certify: the exact lexicographic optimum of one form (R-7.1; decision record on the plan).

First the best need vector, class by class, two classes to a run. Then one weighted run over need and placement score
together, which is quicker than pinning the vector down. Where its need vector is the best one, no plan is better:
any other plan with that vector would have a higher weighted value. Otherwise raise the weights, and last fix the
vector. A published plan has one stage more that chooses among equals by a hash of ids.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from placements.matching.plan.form import Dates, Form
from placements.matching.plan.highs import Solved, Watch, maximise
from placements.matching.plan.model import Model, Row
from placements.matching.plan.problem import Clash, Contradiction
from placements.matching.plan.result import Level, Stage

PACK_MOST = 10**9
"""Objectives of several classes in one run stay below this, for the solver counts in floating point."""

NEED_WORTH = 60
CLASS_RATIO = 10
ROUNDS = 3
WEIGHT_MOST = 10**8


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

    def stage(self, name: str, objective: Mapping[int, int], keep: Sequence[Row] = ()) -> Solved:
        """One run of the solver, noted; its solution is taken up where it has one."""
        solved = maximise(self.model, objective, self.watch, self.best, keep)
        if solved.infeasible:
            raise Contradiction([Clash("No plan keeps to all pins and to the rules at the same time.")])
        self.stages.append(
            Stage(
                self.part, name, solved.value, solved.bound, solved.optimal, solved.status, solved.seconds, solved.nodes
            )
        )
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
    levels, proved = best_need(run)
    bound: int | None = None
    if proved:
        proved, bound = _placed(run, tuple(level.met for level in levels))
        if proved and form.need(form.met(run.best or ())) > tuple(level.met for level in levels):
            # Two classes to a run were too large for floating point after all: one by one.
            levels, proved = best_need(run, together=1)
            proved, bound = _placed(run, tuple(level.met for level in levels)) if proved else (False, None)
    tied = proved and canonical and _tied(run)
    chosen = run.best or ()
    met = form.need(form.met(chosen))
    place = form.place(chosen)
    return Outcome(
        chosen=chosen,
        found=run.best is not None,
        levels=tuple(Level(lv.priority, m, max(lv.bound, m), lv.asked) for lv, m in zip(levels, met, strict=True)),
        place=place,
        place_bound=place if proved else max(place, bound if bound is not None else _place_most(run.model)),
        stages=tuple(run.stages),
        proved=proved,
        canonical=tied,
    )


def best_need(run: Run, together: int = 2) -> tuple[list[Level], bool]:
    """The best need vector: levels with bounds, and whether all of it is proved. `together` classes to a run."""
    form, model = run.form, run.model
    asked = {p: sum(w.weight for w in form.wants if w.priority == p) for p in form.priorities}
    levels: list[Level] = []
    keep: list[Row] = []
    for pack in _packs(form.priorities, asked, together):
        weights = _pack_weights(pack, asked)
        objective = _sum((weights[p], model.need(p)) for p in pack)
        solved = run.stage(f"need {' and '.join(map(str, pack))}", objective, keep)
        run.take(solved.chosen)
        levels += _levels(run, pack, weights, solved.bound, asked)
        if not solved.optimal:
            rest = [p for p in form.priorities if p not in {lv.priority for lv in levels}]
            need = dict(zip(form.priorities, form.need(form.met(run.best or ())), strict=True))
            return [*levels, *(Level(p, need[p], asked[p], asked[p]) for p in rest)], False
        keep.append((objective, solved.value, solved.value))
    return levels, True


def _levels(
    run: Run, pack: Sequence[int], weights: Mapping[int, int], bound: int, asked: Mapping[int, int]
) -> list[Level]:
    """What the bound on a sum says of each class in it, those above being as they are."""
    need = dict(zip(run.form.priorities, run.form.need(run.form.met(run.best or ())), strict=True))
    found, left = [], bound
    for priority in pack:
        most = min(asked[priority], left // weights[priority])
        found.append(Level(priority, need[priority], max(most, need[priority]), asked[priority]))
        left -= weights[priority] * need[priority]
    return found


def _packs(priorities: Sequence[int], asked: Mapping[int, int], most: int) -> list[list[int]]:
    """Classes that can be solved in one run without the numbers growing too large."""
    packs: list[list[int]] = []
    for priority in priorities:
        together = [*packs[-1], priority] if packs else [priority]
        first = _pack_weights(together, asked)[together[0]]
        if packs and len(together) <= most and first * asked[together[0]] <= PACK_MOST:
            packs[-1].append(priority)
        else:
            packs.append([priority])
    return packs


def _pack_weights(pack: Sequence[int], asked: Mapping[int, int]) -> dict[int, int]:
    """Weights under which a unit of a class outweighs all of those below it."""
    weights, weight = {}, 1
    for priority in reversed(pack):
        weights[priority] = weight
        weight *= asked[priority] + 1
    return weights


def _placed(run: Run, need: tuple[int, ...]) -> tuple[bool, int | None]:
    """The best placement score under the best need vector: (proved, bound)."""
    form, model = run.form, run.model
    worth = [NEED_WORTH * CLASS_RATIO ** (len(need) - 1 - n) for n in range(len(need))]
    needs = [model.need(p) for p in form.priorities]
    place = model.place()
    for _ in range(ROUNDS):
        if max(worth, default=0) > WEIGHT_MOST:
            break
        objective = _sum([*zip(worth, needs, strict=True), (1, place)])
        solved = run.stage("weighed", objective)
        run.take(solved.chosen)
        if not solved.optimal:
            return False, solved.bound - sum(w * n for w, n in zip(worth, need, strict=True))
        got = form.need(form.met(solved.chosen or ()))
        if got >= need:
            return True, solved.value
        short = next(n for n, (a, b) in enumerate(zip(got, need, strict=True)) if a != b)
        worth = [w * CLASS_RATIO if n <= short else w for n, w in enumerate(worth)]
    solved = run.stage("placement", place, _fixed(run, need))
    run.take(solved.chosen)
    return solved.optimal, solved.bound


def _tied(run: Run) -> bool:
    """Among plans that are equal in all that counts, the one that ids choose; True where that is proved too."""
    best = run.best or ()
    need, value = run.worth(best)
    keep = [*_fixed(run, need), (run.model.place(), value, value)]
    solved = run.stage("tie", run.model.ties(), keep)
    if solved.optimal and solved.chosen is not None and run.worth(solved.chosen) == (need, value):
        run.best = solved.chosen
        return True
    return False


def _fixed(run: Run, need: tuple[int, ...]) -> list[Row]:
    return [(run.model.need(p), n, n) for p, n in zip(run.form.priorities, need, strict=True)]


def _sum(weighed: Iterable[tuple[int, Mapping[int, int]]]) -> dict[int, int]:
    total: dict[int, int] = {}
    for weight, objective in weighed:
        for column, value in objective.items():
            total[column] = total.get(column, 0) + weight * value
    return total


def _place_most(model: Model) -> int:
    """A bound on the placement score that needs no solver: each AST at its best set, every school helped."""
    best: dict[int, int] = {}
    loose = {one.post for one in model.form.hands if one.sets is None}
    for post, chosen in model.columns:
        points = sum(model.form.offers[n].points for n in chosen)
        best[post] = best.get(post, 0) + max(points, 0) if post in loose else max(best.get(post, 0), points)
    return sum(best.values()) + model.form.school * len({w.host for w in model.form.wants})
