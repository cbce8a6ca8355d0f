"""Whether one AST may and can take one request, and if not, the first reason (R-4.3, R-4.4, R-4.10, R-6.7, R-7.2)."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from placements.allocation.plan.problem import Ask, Giver, Pair, PlanProblem
from placements.allocation.plan.timetable import Calendar, Room, grain_of, opened
from placements.allocation.problem import AstFacts
from placements.allocation.ranking import Bar, standing_bar
from placements.allocation.scoring import Score, key_stage_share, kilometres, score

HALF_DAY = 2


class Obstacle(StrEnum):
    """Why an AST is not for a request. The order is that of the questions, the most lasting first."""

    POLICY = "policy"
    OWN_SCHOOL = "own_school"
    NO_EXPERTISE = "no_expertise"
    NOT_ASSESSED = "not_assessed"
    NOT_IN_POST = "not_in_post"
    INDUCTION = "induction"
    ASKED_ALREADY = "asked_already"
    KEY_STAGE = "key_stage"
    AST_BARRED = "ast_barred"
    TOO_FAR = "too_far"
    NO_PATTERN = "no_pattern"
    NO_DAYS = "no_days"
    CATEGORY = "category"
    BLOCK = "block"
    WEEKDAYS = "weekdays"
    SHORT = "short"
    FORBIDDEN = "forbidden"


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
class Look:
    """What was seen of one AST for one request: the obstacle, the quarters that could be dated, and the score."""

    ask: Ask
    giver: Giver
    obstacle: Obstacle | None
    free: int = 0
    score: Score | None = None
    allowed: tuple[int, ...] = ()


@dataclass(slots=True)
class Memory:
    """What was worked out before, kept from one problem to the next that differs only in asks, givers and pairs.

    Looked up by the very object, which is kept beside the answer so that its identity stays taken.
    """

    days: dict[tuple[int, int], tuple[Ask, tuple[int, ...]]] = field(default_factory=dict)
    looks: dict[tuple[int, int, bool, bool], Look] = field(default_factory=dict)
    rooms: dict[int, tuple[Giver, Room]] = field(default_factory=dict)
    sets: dict[tuple[int, tuple[object, ...]], tuple[tuple[int, ...], ...] | None] = field(default_factory=dict)


class Funnel:
    """All questions about who could do what, over one problem."""

    def __init__(self, problem: PlanProblem, memory: Memory | None = None) -> None:
        self.problem = problem
        self.calendar = Calendar(problem)
        self.forbidden = frozenset(problem.forbids)
        self.kept = frozenset(problem.previous)
        self.memory = memory or Memory()

    def room(self, giver: Giver) -> Room:
        """The AST's free days, worked out once."""
        if id(giver) not in self.memory.rooms:
            self.memory.rooms[id(giver)] = giver, self.calendar.room(giver)
        return self.memory.rooms[id(giver)][1]

    def allowed(self, ask: Ask, giver: Giver) -> tuple[int, ...]:
        """Positions in the AST's room of the days on which the school can have the AST, worked out once."""
        key = id(ask), id(giver)
        if key not in self.memory.days:
            self.memory.days[key] = ask, self.calendar.allowed(self.room(giver), ask)
        return self.memory.days[key][1]

    def look(self, ask: Ask, giver: Giver) -> Look:
        """Ask every question in order; the score comes only where none stands in the way."""
        pair = Pair(ask.request, giver.post)
        key = id(ask), id(giver), pair in self.forbidden, pair in self.kept
        if key not in self.memory.looks:
            self.memory.looks[key] = self._look(ask, giver)
        return self.memory.looks[key]

    def _look(self, ask: Ask, giver: Giver) -> Look:
        facts = giver.facing(ask.need)
        obstacle = _standing(ask, giver, facts) or self._distance(ask, giver) or _budget(ask, giver)
        if obstacle is not None:
            return Look(ask, giver, obstacle)
        allowed = self.allowed(ask, giver)
        if not allowed:
            return Look(ask, giver, self._why_no_day(ask, giver))
        free = self.free(ask, giver, allowed)
        fits = free >= least(ask, self.problem)
        obstacle = None if fits else Obstacle.SHORT
        if obstacle is None and Pair(ask.request, giver.post) in self.forbidden:
            obstacle = Obstacle.FORBIDDEN
        points = score(ask.need, facts, free, self.problem.weights.scoring)
        return Look(ask, giver, obstacle, free, points, allowed)

    def _why_no_day(self, ask: Ask, giver: Giver) -> Obstacle:
        """Not one day suits: the block rule, the weekdays, or simply that all suitable days are taken."""
        if not self.calendar.any_day(ask):
            return Obstacle.BLOCK
        wanted = ask.need.weekdays or frozenset(range(5))
        return Obstacle.SHORT if any(s.weekday in wanted for s in giver.facts.slots) else Obstacle.WEEKDAYS

    def free(self, ask: Ask, giver: Giver, allowed: tuple[int, ...]) -> int:
        """Quarters of the request that fit beside all that is promised, were it the only new placement."""
        room = self.room(giver)
        claims = [claim.quarters for claim in giver.facts.claims]
        wanted = min(ask.need.quarters, budget(ask, giver))
        return opened(giver, room, grain_of(room, (wanted, *claims))).add(ask.request, allowed, wanted)

    def offers(self, look: Look) -> list[Offer]:
        """The offers that follow from a look: whole, half, both or none."""
        if look.obstacle is not None or look.score is None:
            return []
        kept = self.problem.weights.kept if Pair(look.ask.request, look.giver.post) in self.kept else 0
        found = []
        for quarters, half in sizes(look.ask, self.problem):
            if look.free >= quarters:
                points = round(look.score.total) * quarters + kept
                found.append(Offer(look.ask.request, look.giver.post, quarters, half, points))
        return found

    def all_offers(self) -> list[Offer]:
        """Every offer of the problem, by request, then post, the whole before the half."""
        experts: dict[str, list[Giver]] = {}
        for giver in self.problem.givers:
            for subject, level in giver.expertise:
                if level > 0:
                    experts.setdefault(subject, []).append(giver)
        found: list[Offer] = []
        for ask in self.problem.asks:
            for giver in experts.get(ask.need.subject, ()):
                found += self.offers(self.look(ask, giver))
        return sorted(found, key=lambda o: (o.request, o.post, o.half))

    def reasons(self, ask: Ask) -> Counter[Obstacle]:
        """How many ASTs each question turned away."""
        looks = (self.look(ask, giver) for giver in self.problem.givers)
        return Counter(look.obstacle for look in looks if look.obstacle is not None)

    def _distance(self, ask: Ask, giver: Giver) -> Obstacle | None:
        km = kilometres(ask.need.spot, giver.facts.spot)
        limit = self.problem.rules.limit_km
        return Obstacle.TOO_FAR if limit is not None and km is not None and km > limit + ask.extra_km else None


def _standing(ask: Ask, giver: Giver, facts: AstFacts) -> Obstacle | None:
    """What the ranking would refuse too, and what only a plan refuses: the wrong age of pupils, a barred AST."""
    bar = standing_bar(ask.need, facts)
    if bar is not None and bar not in (Bar.NO_PATTERN, Bar.NO_DAYS):
        return Obstacle(bar.value)
    share = key_stage_share(ask.need.key_stages, facts.key_stages)
    if share <= 0 or (share < 1 and facts.level < 2):
        return Obstacle.KEY_STAGE
    if giver.barred:
        return Obstacle.AST_BARRED
    return None


def _budget(ask: Ask, giver: Giver) -> Obstacle | None:
    if not giver.facts.slots:
        return Obstacle.NO_PATTERN
    if giver.facts.left <= 0:
        return Obstacle.NO_DAYS
    return Obstacle.CATEGORY if budget(ask, giver) <= 0 else None


def budget(ask: Ask, giver: Giver) -> int:
    """Quarters that the year, and the category the request draws on, still hold (R-4.2, R-4.11)."""
    return min(giver.facts.left, dict(giver.rooms).get(ask.category, giver.facts.left))


def sizes(ask: Ask, problem: PlanProblem) -> list[tuple[int, bool]]:
    """(quarters, half): the whole, and where it may be shared two equal halves of whole half-days."""
    whole = ask.need.quarters
    found = [(whole, False)]
    if ask.halves and whole % (2 * HALF_DAY) == 0 and whole // 2 >= problem.rules.least_half:
        found.append((whole // 2, True))
    return found


def least(ask: Ask, problem: PlanProblem) -> int:
    """The fewest quarters that make an offer."""
    return min(quarters for quarters, _ in sizes(ask, problem))
