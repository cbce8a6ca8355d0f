"""HiGHS behind a model: the only importer of the solver.

What HiGHS is like, and what is done about it: one thread, because changing the number within a process makes it
return nothing; both gaps set, so that an integer optimum is a proved one; every status looked at; a fresh instance
for every run, so that its clock and its random numbers start anew; solutions added up again in whole numbers. Presolve
(1.15.1) can take an infeasible model of many equations for solved and end in “Solve error”: asked again without it.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import highspy
import numpy as np

from placements.matching.plan.model import Model, Row
from placements.matching.plan.problem import Cancelled
from placements.matching.plan.result import Solver

OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.999,
}
INFEASIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
OUT_OF_TIME = "Time limit reached"
STOPPED = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)


class SolverFailed(RuntimeError):
    """The solver answered with neither a solution, nor a proof that there is none, nor that time is up."""


@dataclass(frozen=True, slots=True)
class Solved:
    """One run: the offers chosen (None where no solution was found), value and bound as whole numbers."""

    chosen: tuple[int, ...] | None
    value: int
    bound: int
    optimal: bool
    status: str
    seconds: float = 0.0
    nodes: int = 0

    @property
    def infeasible(self) -> bool:
        """Proved to have no solution at all."""
        return self.optimal and self.chosen is None


@dataclass(slots=True)
class Watch:
    """The time that is left, and whether somebody called it off. `tell` hears (value, bound) now and then."""

    deadline: float
    cancelled: Callable[[], bool] | None = None
    tell: Callable[[int | None, int | None], None] | None = None

    @classmethod
    def seconds(cls, limit: float, cancelled: Callable[[], bool] | None = None) -> "Watch":
        """A watch that runs out after so many seconds."""
        return cls(time.monotonic() + limit, cancelled)

    @property
    def left(self) -> float:
        return self.deadline - time.monotonic()

    def pause(self) -> None:
        """Stop here if called off."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled


def solver() -> Solver:
    """Name, version and options, for the record."""
    version: str = _new().version()
    return Solver("HiGHS", version, tuple((k, str(v)) for k, v in sorted(OPTIONS.items())))


def maximise(
    model: Model,
    objective: Mapping[int, int],
    watch: Watch,
    chosen: Sequence[int] | None = None,
    keep: Sequence[Row] = (),
) -> Solved:
    """Run the solver, and again after every cut, until its answer can be dated or time is up."""
    began, nodes, bound = time.monotonic(), 0, None
    while True:
        watch.pause()
        answer = _run(model, objective, watch, chosen, keep)
        nodes += answer.nodes
        bound = answer.bound if bound is None else min(bound, answer.bound)
        broken = model.dates.broken(model.form, answer.chosen) if model.dates and answer.chosen else []
        if not broken:
            break
        for limit in broken:
            model.add_limit(limit)
        if watch.left <= 0:
            answer = Solved(None, 0, bound, False, OUT_OF_TIME)
            break
    if answer.chosen is None and chosen is not None and not answer.optimal:
        values = _known(model, chosen, keep)
        if values is not None:
            answer = replace(answer, chosen=tuple(chosen), value=_value(objective, values))
    seconds = time.monotonic() - began
    return replace(answer, bound=max(min(bound, answer.bound), answer.value), seconds=seconds, nodes=nodes)


def _new() -> Any:
    return highspy.Highs()  # type: ignore[no-untyped-call]


def _run(
    model: Model, objective: Mapping[int, int], watch: Watch, chosen: Sequence[int] | None, keep: Sequence[Row]
) -> Solved:
    """One question to the solver; asked again without presolve where the answer cannot be right."""
    ask = Question(model, {c: v for c, v in objective.items() if v}, watch, keep, _known(model, chosen, keep))
    if watch.left <= 0:
        return Solved(None, 0, ask.most, False, OUT_OF_TIME)
    words = ""
    for presolve in ("choose", "off"):
        highs = ask.put(presolve)
        answer = ask.answer(highs)
        if answer is not None:
            return answer
        words = highs.modelStatusToString(highs.getModelStatus())
    raise SolverFailed(f"HiGHS stopped with “{words}”.")


@dataclass(slots=True)
class Question:
    """An objective over a model with rows to keep; `known` is a solution that is known to keep them all."""

    model: Model
    costs: dict[int, int]
    watch: Watch
    keep: Sequence[Row]
    known: list[float] | None

    @property
    def scale(self) -> int:
        """The objective is divided by this, so that a step of one is the smallest there is."""
        return reduce(math.gcd, self.costs.values(), 0) or 1

    @property
    def most(self) -> int:
        """A bound that needs no solver."""
        return sum(v for v in self.costs.values() if v > 0)

    def put(self, presolve: str) -> Any:
        """Let the solver work on it until it is done, out of time or called off."""
        highs = _new()
        for name, value in {**OPTIONS, "presolve": presolve, "time_limit": max(self.watch.left, 0.0)}.items():
            _demand(highs.setOptionValue(name, value), f"option {name}")
        _demand(highs.passModel(_laid_out(self.model, self.costs, self.scale, self.keep)), "model")
        if self.known is not None:
            start = highspy.HighsSolution()
            start.col_value = self.known
            highs.setSolution(start)
        stopped = _listen(highs, self.watch, self.scale)
        highs.run()
        if stopped:
            raise Cancelled
        return highs

    def answer(self, highs: Any) -> Solved | None:
        """Read the result, looking at every status on the way; None where it cannot be right."""
        status, info = highs.getModelStatus(), highs.getInfo()
        words = highs.modelStatusToString(status)
        if status in INFEASIBLE:
            return None if self.known is not None else Solved(None, 0, 0, True, words)
        optimal = status == highspy.HighsModelStatus.kOptimal
        if not optimal and status not in STOPPED:
            return None
        nodes = max(int(info.mip_node_count), 0)
        bound = self.most
        if not math.isinf(info.mip_dual_bound):
            bound = min(bound, math.floor(info.mip_dual_bound + 1e-6) * self.scale)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None if optimal else Solved(None, 0, bound, False, words, nodes=nodes)
        values = [round(v) for v in highs.getSolution().col_value]
        value = _value(self.costs, values)
        worse = optimal and self.known is not None and value < _value(self.costs, self.known)
        if worse or not _kept([*self.model.rows, *self.keep], values):
            return None
        chosen = sorted({n for c, (_, offers) in enumerate(self.model.columns) if values[c] for n in offers})
        return Solved(tuple(chosen), value, value if optimal else max(bound, value), optimal, words, nodes=nodes)


def _known(model: Model, chosen: Sequence[int] | None, keep: Sequence[Row]) -> list[float] | None:
    """The full solution that these offers make, if it keeps every row."""
    values = model.start(chosen) if chosen is not None else None
    return values if values is not None and _kept([*model.rows, *keep], values) else None


def _kept(rows: Sequence[Row], values: Sequence[float]) -> bool:
    """In whole numbers, without tolerances."""
    return all(low <= sum(v * values[c] for c, v in terms.items()) <= high for terms, low, high in rows)


def _value(objective: Mapping[int, int], values: Sequence[float]) -> int:
    return sum(v for c, v in objective.items() if values[c] > 0.5)


def _listen(highs: Any, watch: Watch, scale: int) -> list[bool]:
    """Let the solver ask now and then whether to go on; the list fills when somebody has called it off."""
    stopped: list[bool] = []
    if watch.cancelled is None and watch.tell is None:
        return stopped

    def look(event: Any) -> None:
        if watch.cancelled is not None and watch.cancelled():
            stopped.append(True)
            event.data_in.user_interrupt = True
        elif watch.tell is not None:
            data = event.data_out
            found = [int(v * scale) if abs(v) < 1e15 else None for v in (data.mip_primal_bound, data.mip_dual_bound)]
            watch.tell(*found)

    highs.cbMipInterrupt += look
    return stopped


def _laid_out(model: Model, costs: Mapping[int, int], scale: int, keep: Sequence[Row]) -> Any:
    """The model as HiGHS takes it, with the objective divided by its greatest common divisor."""
    rows = [*model.rows, *keep]
    starts: list[int] = [0]
    index: list[int] = []
    values: list[int] = []
    for terms, _, _ in rows:
        index += terms.keys()
        values += terms.values()
        starts.append(len(index))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = model.size, len(rows)
    cost = np.zeros(model.size)
    for column, value in costs.items():
        cost[column] = value // scale
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, np.zeros(model.size), np.ones(model.size)
    lp.row_lower_ = np.array([_bound(low) for _, low, _ in rows], np.float64)
    lp.row_upper_ = np.array([_bound(high) for _, _, high in rows], np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, np.int32)
    lp.a_matrix_.index_ = np.array(index, np.int32)
    lp.a_matrix_.value_ = np.array(values, np.float64)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * model.size
    lp.sense_ = highspy.ObjSense.kMaximize
    return lp


def _bound(value: float) -> float:
    return float(math.copysign(highspy.kHighsInf, value)) if math.isinf(value) else float(value)


def _demand(status: Any, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverFailed(f"HiGHS refused the {what}.")
