"""What comes out: the plan, how well each stage of it is proved, and what was assigned on which days."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from placements.allocation.plan.problem import Pair


class Status(StrEnum):
    """How far a plan can be trusted."""

    PROVED = "proved"  # no better plan exists
    TIMED_OUT = "timed_out"  # the best found in the time, with its gap; another run may differ


@dataclass(frozen=True, slots=True)
class OutreachDay:
    """Time in the host school on one date."""

    on: date
    quarters: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """One AST for one request, or for half of it. `points` is its part of the placement score; `parts` are the
    ranking's points in the order of `scoring.PARTS`."""

    request: int
    post: int
    quarters: int
    half: bool
    outreach_days: tuple[OutreachDay, ...]
    points: int
    km: float | None
    parts: tuple[float, ...]

    @property
    def pair(self) -> Pair:
        return Pair(self.request, self.post)


@dataclass(frozen=True, slots=True)
class Level:
    """One priority class: need met, the most that could be met (all classes above being as they are), need asked."""

    priority: int
    met: int
    bound: int
    asked: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of the solver. Seconds and nodes are left out of comparisons: they differ from run to run."""

    part: int
    name: str
    value: int
    bound: int
    optimal: bool
    status: str
    seconds: float = field(default=0.0, compare=False)
    nodes: int = field(default=0, compare=False)

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of the bound."""
        return 0.0 if self.bound <= self.value else (self.bound - self.value) / max(abs(self.bound), 1)


@dataclass(frozen=True, slots=True)
class PartResult:
    """The result for one part of the problem that shares no AST, request or school with the others."""

    key: str
    pairs: tuple[tuple[int, int, bool], ...]  # request, post, half
    levels: tuple[Level, ...]
    place: int
    place_bound: int
    stages: tuple[Stage, ...]
    proved: bool
    canonical: bool
    reused: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Solver:
    """What made the plan, so that it can be made again."""

    name: str
    version: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A deployment plan. `verdict` is what the independent checker found wrong: always nothing in a plan returned."""

    status: Status
    assignments: tuple[Assignment, ...]
    unmet: tuple[int, ...]
    levels: tuple[Level, ...]
    place: int
    place_bound: int
    parts: tuple[PartResult, ...]
    canonical: bool
    solver: Solver
    input_sha256: str
    weights_version: str
    warnings: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)
    cpu_seconds: float = field(default=0.0, compare=False)

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(stage for part in self.parts for stage in part.stages)

    @property
    def reproducible(self) -> bool:
        """A plan that ran out of time may come out differently next time."""
        return self.status == Status.PROVED

    @property
    def need(self) -> tuple[int, ...]:
        """Need met by class, the first class first."""
        return tuple(level.met for level in self.levels)

    @property
    def gap(self) -> float:
        """The relative gap of the first thing that is not proved: need met by class, then the placement score.

        What comes after it is bounded only as far as the facts alone bound it.
        """
        pairs = [(level.met, level.bound) for level in self.levels] + [(self.place, self.place_bound)]
        return next(((bound - value) / bound for value, bound in pairs if bound > value), 0.0)

    def of(self, request: int) -> tuple[Assignment, ...]:
        """Who is assigned to a request: nobody, one AST, or two with half each."""
        return tuple(a for a in self.assignments if a.request == request)

    @property
    def pairs(self) -> frozenset[Pair]:
        return frozenset(a.pair for a in self.assignments)


@dataclass(frozen=True, slots=True)
class Progress:
    """A word from a plan in the making: which part of how many, which stage, best value and bound so far."""

    part: int
    parts: int
    stage: str
    value: int | None = None
    bound: int | None = None
