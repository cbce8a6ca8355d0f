"""Reduced-cost fixing: most bundles cannot be part of a best plan, and are fixed at nought before the solver is asked.

The linear relaxation is solved in a blink, and its duals price every row. By these prices no plan that uses a certain
column is worth more than a certain bound. So the solver is asked over the most promising columns first; what it finds
fixes every column whose bound lies below it, and only if others remain is it asked once more. The proof needs nothing
but sums over the prices (`matrix.priced`), and loses no plan that is as good as the best.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from placements.allocation.plan import highs
from placements.allocation.plan.highs import OPTIMAL, OUT_OF_TIME, Answer, Watch
from placements.allocation.plan.matrix import SLIP, Mask, Matrix, Numbers, Places, vector
from placements.allocation.plan.model import Model, Row

FIRST = 600
"""Columns in the first, promising question; the second is over all that the answer to it does not rule out."""


@dataclass(frozen=True, slots=True)
class Solved:
    """One run: the offers chosen (None where no solution was found), value and bound as whole numbers.

    `alive` are the columns that every best solution keeps to; None where that is not known.
    """

    chosen: tuple[int, ...] | None
    value: int
    bound: int
    optimal: bool
    status: str
    seconds: float = 0.0
    nodes: int = 0
    alive: Mask | None = None

    @property
    def infeasible(self) -> bool:
        """Proved to have no solution at all."""
        return self.optimal and self.chosen is None


def maximise(
    model: Model,
    objective: Mapping[int, int],
    watch: Watch,
    chosen: Sequence[int] | None = None,
    keep: Sequence[Row] = (),
    *,
    alive: Mask | None = None,
) -> Solved:
    """Run the solver over the columns alive, and again after every cut, until its answer can be dated or time is up."""
    began, nodes, bound = time.monotonic(), 0, math.inf
    while True:
        watch.pause()
        answer = _problem(model, objective, watch, chosen, keep, alive=alive).solve()
        nodes += answer.nodes
        bound = min(bound, answer.bound)
        broken = model.dates.broken(model.form, answer.chosen) if model.dates and answer.chosen else []
        if not broken:
            break
        for limit in broken:
            model.add_limit(limit)
    seconds = time.monotonic() - began
    return replace(answer, bound=int(max(bound, answer.value)), seconds=seconds, nodes=nodes)


@dataclass(slots=True)
class Problem:
    """An objective over the columns alive: `places` are theirs in the model, `incumbent` the best solution so far."""

    model: Model
    places: Places
    matrix: Matrix
    costs: Numbers
    watch: Watch
    incumbent: Numbers | None
    nodes: int = 0

    @property
    def step(self) -> int:
        """Every value is a multiple of this."""
        return int(np.gcd.reduce(self.costs.astype(np.int64))) or 1

    def floor(self, bound: float) -> int:
        """The highest value not above a bound."""
        return math.floor((bound + SLIP) / self.step) * self.step

    @property
    def value(self) -> float:
        return -math.inf if self.incumbent is None else round(float(self.costs @ self.incumbent))

    def solve(self) -> Solved:
        """The best solution, proved if time allows."""
        top = float(np.maximum(self.costs, 0).sum())
        bounds = np.full(self.matrix.size, top)  # of what a plan with each column is worth
        prices = highs.duals(self.matrix, self.costs, self.watch)
        if prices is not None:
            top, reduced = self.matrix.priced(self.costs, prices)
            bounds = top + np.minimum(reduced, 0)
        count = FIRST if prices is not None else self.matrix.size
        ranked, words = -np.sort(-bounds), OUT_OF_TIME
        while self.floor(top) > self.value and self.watch.left > 0:
            line = max(self.value, ranked[count] if count < len(ranked) else -math.inf) - SLIP
            answer = self.asked(bounds >= line)
            words = answer.status
            top = min(top, max(answer.bound, bounds[bounds < line].max(initial=-math.inf)))
            if top == -math.inf:  # every column was asked about, and there is no solution
                return Solved(None, 0, 0, True, words, nodes=self.nodes)
            if not answer.optimal:
                break
            count = len(ranked)
        return self.solved(top, bounds, words)

    def asked(self, among: Mask) -> Answer:
        """Let the solver look for the best over some columns and those of the incumbent."""
        if self.incumbent is not None:
            among = among | (self.incumbent > 0)
        start = None if self.incumbent is None else self.incumbent[among]
        answer = highs.solve(self.matrix.only(among), self.costs[among], self.watch, start)
        self.nodes += answer.nodes
        if answer.solution is not None and self.costs[among] @ answer.solution > self.value:
            self.incumbent = np.zeros(self.matrix.size)
            self.incumbent[among] = answer.solution
        return answer

    def solved(self, top: float, bounds: Numbers, words: str) -> Solved:
        """The best known so far, and whether nothing is better."""
        bound = self.floor(top)
        if self.incumbent is None:
            return Solved(None, 0, bound, False, words, nodes=self.nodes)
        value, optimal = int(self.value), bound <= self.value
        columns = self.model.columns
        used = [columns[c][1] for c in self.places[self.incumbent > 0] if c < len(columns)]
        chosen = tuple(sorted(n for offers in used for n in offers))
        alive = np.zeros(self.model.size, np.bool_)
        alive[self.places[bounds >= value - SLIP]] = True
        bound = value if optimal else bound
        return Solved(chosen, value, bound, optimal, OPTIMAL if optimal else words, nodes=self.nodes, alive=alive)


def _problem(
    model: Model,
    objective: Mapping[int, int],
    watch: Watch,
    chosen: Sequence[int] | None,
    keep: Sequence[Row],
    *,
    alive: Mask | None,
) -> Problem:
    """The columns alive, with the incumbent where it keeps every row."""
    whole = Matrix.of(model.size, [*model.rows, *keep])
    alive = np.ones(model.size, np.bool_) if alive is None else alive
    incumbent = None
    values = model.start(chosen) if chosen is not None else None
    if values is not None:
        incumbent = np.array(values)
        incumbent = incumbent[alive] if whole.kept(incumbent) and not incumbent[~alive].any() else None
    costs = vector(model.size, objective)[alive]
    return Problem(model, np.flatnonzero(alive).astype(np.int32), whole.only(alive), costs, watch, incumbent)
