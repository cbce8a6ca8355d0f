"""Whether one AST may and can take one request, and if not, the first reason (R-4.3, R-4.4, R-4.10, R-6.7, R-7.2)."""

from collections import Counter
from dataclasses import dataclass, field

from placements.allocation.exclusions import Exclusion
from placements.allocation.plan.problem import Demand, Pair, PlanProblem, Supply
from placements.allocation.plan.timetable import Calendar, Room, grain_of, opened
from placements.allocation.problem import AstFacts
from placements.allocation.ranking import TIME, exclusion
from placements.allocation.scoring import Score, key_stage_share, kilometres, score

HALF_DAY = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """One AST could do one request, or half of it, in `quarters` of a day. `points` is the placement score."""

    request: int
    post: int
    quarters: int
    half: bool
    points: int

    @property
    def pair(self) -> Pair:
        return Pair(self.request, self.post)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was seen of one AST for one request: why not, the quarters that could be dated, and the score."""

    demand: Demand
    supply: Supply
    why_not: Exclusion | None
    free: int = 0
    score: Score | None = None
    allowed: tuple[int, ...] = ()


@dataclass(slots=True)
class Cache:
    """What was worked out before, kept from one problem to the next that differs only in demands, supplies and pairs.

    Looked up by the very object, which is kept beside the answer so that its identity stays taken.
    """

    days: dict[tuple[int, int], tuple[Demand, tuple[int, ...]]] = field(default_factory=dict)
    assessments: dict[tuple[int, int, bool, bool], Assessment] = field(default_factory=dict)
    rooms: dict[int, tuple[Supply, Room]] = field(default_factory=dict)
    sets: dict[tuple[int, tuple[object, ...]], tuple[tuple[int, ...], ...] | None] = field(default_factory=dict)


class Eligibility:
    """All questions about who could do what, over one problem."""

    def __init__(self, problem: PlanProblem, cache: Cache | None = None) -> None:
        self.problem = problem
        self.calendar = Calendar(problem)
        self.forbidden = frozenset(problem.forbids)
        self.kept = frozenset(problem.previous)
        self.cache = cache or Cache()

    def room(self, supply: Supply) -> Room:
        """The AST's free days, worked out once."""
        if id(supply) not in self.cache.rooms:
            self.cache.rooms[id(supply)] = supply, self.calendar.room(supply)
        return self.cache.rooms[id(supply)][1]

    def allowed(self, demand: Demand, supply: Supply) -> tuple[int, ...]:
        """Positions in the AST's room of the days on which the school can have the AST, worked out once."""
        key = id(demand), id(supply)
        if key not in self.cache.days:
            self.cache.days[key] = demand, self.calendar.allowed(self.room(supply), demand)
        return self.cache.days[key][1]

    def assess(self, demand: Demand, supply: Supply) -> Assessment:
        """Ask every question in order; the score comes only where none stands in the way."""
        pair = Pair(demand.request, supply.post)
        key = id(demand), id(supply), pair in self.forbidden, pair in self.kept
        if key not in self.cache.assessments:
            self.cache.assessments[key] = self._assess(demand, supply)
        return self.cache.assessments[key]

    def _assess(self, demand: Demand, supply: Supply) -> Assessment:
        facts = supply.facing(demand.need)
        why = exclusion(demand.need, facts)
        if why is None or why in TIME:
            why = self._only_in_plans(demand, supply, facts) or why
        if why is None and budget(demand, supply) <= 0:
            why = Exclusion.CATEGORY
        if why is not None:
            return Assessment(demand, supply, why)
        allowed = self.allowed(demand, supply)
        if not allowed:
            return Assessment(demand, supply, self._why_no_day(demand, supply))
        free = self.free(demand, supply, allowed)
        fits = free >= least(demand, self.problem)
        why = None if fits else Exclusion.SHORT
        if why is None and Pair(demand.request, supply.post) in self.forbidden:
            why = Exclusion.FORBIDDEN
        points = score(demand.need, facts, free, self.problem.weights.scoring)
        return Assessment(demand, supply, why, free, points, allowed)

    def _why_no_day(self, demand: Demand, supply: Supply) -> Exclusion:
        """Not one day suits: the block rule, the weekdays, or simply that all suitable days are taken."""
        if not self.calendar.any_day(demand):
            return Exclusion.BLOCK
        wanted = demand.need.weekdays or frozenset(range(5))
        return Exclusion.SHORT if any(s.weekday in wanted for s in supply.facts.slots) else Exclusion.WEEKDAYS

    def free(self, demand: Demand, supply: Supply, allowed: tuple[int, ...]) -> int:
        """Quarters of the request that fit beside all that is promised, were it the only new placement."""
        room = self.room(supply)
        promises = [promise.quarters for promise in supply.facts.undated]
        wanted = min(demand.need.quarters, budget(demand, supply))
        return opened(supply, room, grain_of(room, (wanted, *promises))).add(demand.request, allowed, wanted)

    def offers(self, assessed: Assessment) -> list[Offer]:
        """The offers that follow from an assessment: whole, half, both or none."""
        if assessed.why_not is not None or assessed.score is None:
            return []
        kept = self.problem.weights.kept if Pair(assessed.demand.request, assessed.supply.post) in self.kept else 0
        found = []
        for quarters, half in sizes(assessed.demand, self.problem):
            if assessed.free >= quarters:
                points = round(assessed.score.total) * quarters + kept
                found.append(Offer(assessed.demand.request, assessed.supply.post, quarters, half, points))
        return found

    def all_offers(self) -> list[Offer]:
        """Every offer of the problem, by request, then post, the whole before the half."""
        experts: dict[str, list[Supply]] = {}
        for supply in self.problem.supplies:
            for subject, level in supply.expertise:
                if level > 0:
                    experts.setdefault(subject, []).append(supply)
        found: list[Offer] = []
        for demand in self.problem.demands:
            for supply in experts.get(demand.need.subject, ()):
                found += self.offers(self.assess(demand, supply))
        return sorted(found, key=lambda o: (o.request, o.post, o.half))

    def reasons(self, demand: Demand) -> Counter[Exclusion]:
        """How many ASTs each question turned away."""
        assessments = (self.assess(demand, supply) for supply in self.problem.supplies)
        return Counter(assessed.why_not for assessed in assessments if assessed.why_not is not None)

    def _only_in_plans(self, demand: Demand, supply: Supply, facts: AstFacts) -> Exclusion | None:
        """What the ranking shows as a weakness and leaves to people: the wrong age of pupils, a journey too long."""
        share = key_stage_share(demand.need.key_stages, facts.key_stages)
        if share <= 0 or (share < 1 and facts.level < 2):
            return Exclusion.KEY_STAGE
        if supply.barred:
            return Exclusion.AST_BARRED
        km, limit = kilometres(demand.need.spot, facts.spot), self.problem.rules.limit_km
        far = limit is not None and km is not None and km > limit + demand.extra_km
        return Exclusion.TOO_FAR if far else None


def budget(demand: Demand, supply: Supply) -> int:
    """Quarters that the year, and the category the request draws on, still hold (R-4.2, R-4.11)."""
    return min(supply.facts.left, dict(supply.rooms).get(demand.category, supply.facts.left))


def sizes(demand: Demand, problem: PlanProblem) -> list[tuple[int, bool]]:
    """(quarters, half): the whole, and where it may be shared two equal halves of whole half-days."""
    whole = demand.need.quarters
    found = [(whole, False)]
    if demand.halves and whole % (2 * HALF_DAY) == 0 and whole // 2 >= problem.rules.least_half:
        found.append((whole // 2, True))
    return found


def least(demand: Demand, problem: PlanProblem) -> int:
    """The fewest quarters that make an offer."""
    return min(quarters for quarters, _ in sizes(demand, problem))
