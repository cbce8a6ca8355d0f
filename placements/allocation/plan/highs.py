"""HiGHS behind arrays: the only importer of the solver.

What HiGHS is like, and what is done about it: one thread, because changing the number within a process makes it
return nothing; both gaps set, so that an integer optimum is a proved one; every status looked at; a fresh instance
for every run, so that its clock and its random numbers start anew; solutions added up again in whole numbers. Presolve
(1.15.1) can take an infeasible model of many equations for solved and end in “Solve error”: asked again without it.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from placements.allocation.plan.matrix import Matrix, Numbers
from placements.allocation.plan.problem import Cancelled
from placements.allocation.plan.result import Solver

OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.999,
    "presolve_rule_off": 1 << 15 | 1 << 16,  # probing, enumeration: most of the time, for little
}
INFEASIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
OPTIMAL = "Optimal"
OUT_OF_TIME = "Time limit reached"
STOPPED = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)


class SolverFailed(RuntimeError):
    """The solver answered with neither a solution, nor a proof that there is none, nor that time is up."""


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

    def share(self, part: float) -> "Watch":
        """A watch over part of the time that is left."""
        return Watch(time.monotonic() + part * self.left, self.cancelled, self.tell)

    def at_most(self, seconds: float) -> "Watch":
        """A watch that runs out after so many seconds, or with this one."""
        return Watch(min(self.deadline, time.monotonic() + seconds), self.cancelled, self.tell)

    @property
    def left(self) -> float:
        return self.deadline - time.monotonic()

    def pause(self) -> None:
        """Stop here if called off."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled


@dataclass(frozen=True, slots=True)
class Answer:
    """One run over some columns: the solution (None where none was found), a bound on its worth, and the status.

    `optimal` without a solution means that there is none.
    """

    solution: Numbers | None
    bound: float
    optimal: bool
    status: str
    nodes: int = 0


def solver() -> Solver:
    """Name, version and options, for the record."""
    version: str = _new().version()
    return Solver("HiGHS", version, tuple((k, str(v)) for k, v in sorted(OPTIONS.items())))


def duals(matrix: Matrix, costs: Numbers, watch: Watch) -> Numbers | None:
    """A price for every row from the problem without whole numbers; None where it has no solution, or time is up."""
    if watch.left <= 0:
        return None
    scale = _step(costs)
    highs = _put(matrix, costs / scale, watch, whole=False)
    _run(highs, watch, scale)
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(highs.getSolution().row_dual, np.float64) * scale


def solve(matrix: Matrix, costs: Numbers, watch: Watch, known: Numbers | None) -> Answer:
    """The best solution in noughts and ones; asked again without presolve where the answer cannot be right."""
    words, scale = "", _step(costs)
    for presolve in ("choose", "off"):
        highs = _put(matrix, costs / scale, watch, presolve=presolve)
        if known is not None:
            start = highspy.HighsSolution()
            start.col_value = list(known)
            highs.setSolution(start)
        _run(highs, watch, scale)
        words = highs.modelStatusToString(highs.getModelStatus())
        answer = _read(highs, matrix, costs, known, scale)
        if answer is not None:
            return answer
    raise SolverFailed(f"HiGHS stopped with “{words}”.")


def _read(highs: Any, matrix: Matrix, costs: Numbers, known: Numbers | None, scale: int) -> Answer | None:
    """The result, looking at every status on the way; None where it cannot be right."""
    status, info = highs.getModelStatus(), highs.getInfo()
    words = highs.modelStatusToString(status)
    if status in INFEASIBLE:
        return None if known is not None else Answer(None, -math.inf, True, words)
    optimal = status == highspy.HighsModelStatus.kOptimal
    if not optimal and status not in STOPPED:
        return None
    nodes, bound = max(int(info.mip_node_count), 0), float(info.mip_dual_bound) * scale
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None if optimal else Answer(None, bound, False, words, nodes)
    solution: Numbers = np.rint(np.array(highs.getSolution().col_value, np.float64))
    worse = optimal and known is not None and costs @ solution < costs @ known
    if worse or not matrix.kept(solution):
        return None
    return Answer(solution, float(costs @ solution) if optimal else bound, optimal, words, nodes)


def _new() -> Any:
    return highspy.Highs()  # type: ignore[no-untyped-call]


def _put(matrix: Matrix, costs: Numbers, watch: Watch, *, presolve: str = "choose", whole: bool = True) -> Any:
    highs = _new()
    for name, value in {**OPTIONS, "presolve": presolve, "time_limit": max(watch.left, 0.0)}.items():
        _demand(highs.setOptionValue(name, value), f"option {name}")
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = matrix.size, len(matrix.low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = costs, np.zeros(matrix.size), np.ones(matrix.size)
    lp.row_lower_, lp.row_upper_ = matrix.low, matrix.high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.starts, matrix.column, matrix.value
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * matrix.size
    lp.sense_ = highspy.ObjSense.kMaximize
    _demand(highs.passModel(lp), "model")
    return highs


def _step(costs: Numbers) -> int:
    """Objectives are divided by this, so that a step of one is the smallest there is."""
    return int(np.gcd.reduce(costs.astype(np.int64))) or 1


def _run(highs: Any, watch: Watch, scale: int) -> None:
    """Let the solver work until it is done, out of time or called off; it asks now and then whether to go on."""
    stopped: list[bool] = []

    def look(event: Any) -> None:
        if watch.cancelled is not None and watch.cancelled():
            stopped.append(True)
            event.data_in.user_interrupt = True
        elif watch.tell is not None:
            data = event.data_out
            found = (data.mip_primal_bound, data.mip_dual_bound)
            watch.tell(*(int(v * scale) if abs(v) < 1e15 else None for v in found))

    if watch.cancelled is not None or watch.tell is not None:
        highs.cbMipInterrupt += look
        highs.cbSimplexInterrupt += look
    highs.run()
    if stopped:
        raise Cancelled


def _demand(status: Any, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverFailed(f"HiGHS refused the {what}.")
