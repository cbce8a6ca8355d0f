"""Small changes to a problem, as values: what a what-if plan tries, and what an explanation proposes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.allocation.plan.problem import Demand, Pair, PlanProblem, Supply
from placements.allocation.plan.words import request_words
from placements.allocation.problem import Slot
from placements.allocation.words import in_days

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Change(Protocol):
    """Anything that turns one problem into another, and can say so."""

    def apply(self, problem: PlanProblem) -> PlanProblem:
        """The changed problem; the given one stays as it is."""

    @property
    def text(self) -> str:
        """The change in words, as an instruction."""


def _with_demand(problem: PlanProblem, request: int, turn: Callable[[Demand], Demand]) -> PlanProblem:
    problem.demand(request)  # KeyError here rather than a change that changes nothing
    return replace(problem, demands=tuple(turn(a) if a.request == request else a for a in problem.demands))


def _with_supply(problem: PlanProblem, post: int, turn: Callable[[Supply], Supply]) -> PlanProblem:
    problem.supply(post)
    return replace(problem, supplies=tuple(turn(g) if g.post == post else g for g in problem.supplies))


@dataclass(frozen=True, slots=True)
class AddAst:
    """One AST more."""

    supply: Supply

    def apply(self, problem: PlanProblem) -> PlanProblem:
        return replace(problem, supplies=(*problem.supplies, self.supply))

    @property
    def text(self) -> str:
        subjects = ", ".join(subject for subject, _ in self.supply.expertise)
        return f"One {say('more AST')} in {subjects}"


@dataclass(frozen=True, slots=True)
class OnLeave:
    """An AST who is away from one date to another."""

    post: int
    first: date
    last: date

    def apply(self, problem: PlanProblem) -> PlanProblem:
        gone = {self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)}
        return _with_supply(problem, self.post, lambda g: replace(g, away=g.away | gone))

    @property
    def text(self) -> str:
        return f"{say('AST')} {self.post} is away from {self.first.day} {self.first:%B} to {date_words(self.last)}"


@dataclass(frozen=True, slots=True)
class MoreDays:
    """Days more from an AST: in the year, in every category, and on days that were kept for other things.

    The weekly cap stays: days given back are taken from the earliest that `within` allows.
    """

    post: int
    quarters: int
    within: tuple[date, date] | None = None

    def apply(self, problem: PlanProblem) -> PlanProblem:
        return _with_supply(problem, self.post, lambda g: self._more(problem, g))

    def _more(self, problem: PlanProblem, supply: Supply) -> Supply:
        facts = supply.facts
        first, last = self.within or (date.min, date.max)
        kept = [d for w in problem.horizon.weeks for d in w.open_on if d in supply.away and first <= d <= last]
        weekdays = {slot.weekday for slot in facts.slots}
        freed = [day for day in sorted(kept) if day.weekday() in weekdays][: -(-self.quarters // 4)]
        return replace(
            supply,
            facts=replace(facts, budget=max(facts.budget, facts.committed) + self.quarters),
            rooms=tuple((category, max(room, 0) + self.quarters) for category, room in supply.rooms),
            away=supply.away - set(freed),
        )

    @property
    def text(self) -> str:
        return f"{in_days(self.quarters)} more {say('from AST')} {self.post}"


@dataclass(frozen=True, slots=True)
class GoesOn:
    """An AST who could go out on another weekday too; the weekly cap stays."""

    post: int
    weekday: int

    def apply(self, problem: PlanProblem) -> PlanProblem:
        slot = Slot(self.weekday, 4, problem.horizon.weeks[0].monday)
        return _with_supply(
            problem, self.post, lambda g: replace(g, facts=replace(g.facts, slots=(*g.facts.slots, slot)))
        )

    @property
    def text(self) -> str:
        return f"{say('AST')} {self.post} could go out on {WEEKDAYS[self.weekday]}s"


@dataclass(frozen=True, slots=True)
class SchoolTakes:
    """A school that could have visitors on another weekday too."""

    request: int
    weekday: int

    def apply(self, problem: PlanProblem) -> PlanProblem:
        def turn(demand: Demand) -> Demand:
            return replace(demand, need=replace(demand.need, weekdays=demand.need.weekdays | {self.weekday}))

        return _with_demand(problem, self.request, turn)

    @property
    def text(self) -> str:
        return f"The school could take visits on {WEEKDAYS[self.weekday]}s"


@dataclass(frozen=True, slots=True)
class Until:
    """A request that may run to a later date."""

    request: int
    last: date

    def apply(self, problem: PlanProblem) -> PlanProblem:
        return _with_demand(problem, self.request, lambda a: replace(a, need=replace(a.need, last=self.last)))

    @property
    def text(self) -> str:
        return f"The visits could go on until {date_words(self.last)}"


@dataclass(frozen=True, slots=True)
class Fewer:
    """A request for fewer days."""

    request: int
    quarters: int

    def apply(self, problem: PlanProblem) -> PlanProblem:
        return _with_demand(problem, self.request, lambda a: replace(a, need=replace(a.need, quarters=self.quarters)))

    @property
    def text(self) -> str:
        return f"{in_days(self.quarters)} would do"


@dataclass(frozen=True, slots=True)
class Halves:
    """A request that two ASTs may share."""

    request: int

    def apply(self, problem: PlanProblem) -> PlanProblem:
        return _with_demand(problem, self.request, lambda a: replace(a, halves=True))

    @property
    def text(self) -> str:
        return say("Two ASTs could share the days, half each")


@dataclass(frozen=True, slots=True)
class Further:
    """More kilometres than the limit for one request."""

    request: int
    km: int

    def apply(self, problem: PlanProblem) -> PlanProblem:
        return _with_demand(problem, self.request, lambda a: replace(a, extra_km=self.km))

    @property
    def text(self) -> str:
        return f"{say('An AST')} may come {self.km} km further than the limit"


@dataclass(frozen=True, slots=True)
class FreePair:
    """Neither pinned nor ruled out any longer."""

    pair: Pair

    def apply(self, problem: PlanProblem) -> PlanProblem:
        return replace(problem, forbids=_without(problem.forbids, self.pair), pins=_without(problem.pins, self.pair))

    @property
    def text(self) -> str:
        return f"{say('AST')} {self.pair.post} allowed again for {request_words(self.pair.request)}"


def _without(pairs: tuple[Pair, ...], pair: Pair) -> tuple[Pair, ...]:
    return tuple(p for p in pairs if p != pair)
