"""What a deployment plan is made from: everybody's requests, every AST's time, and the rules in force. No Django.

Time is in whole quarters of a day, as in the ranking. People are numbers here: names are not part of a problem.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from placements.allocation.problem import AstFacts, Horizon, Need
from placements.allocation.scoring import Weights

WAITING_BASE = 10
WAITING_MOST = 5


@dataclass(frozen=True, slots=True)
class Clash:
    """One reason why a problem cannot be planned, in words, and whom it concerns."""

    message: str
    requests: tuple[int, ...] = ()
    posts: tuple[int, ...] = ()


class Contradiction(ValueError):
    """The problem cannot be planned as it stands; `clashes` say why, one by one."""

    def __init__(self, clashes: Iterable[Clash]) -> None:
        self.clashes = tuple(clashes)
        super().__init__(" ".join(self.messages))

    @property
    def messages(self) -> tuple[str, ...]:
        """The reasons in words."""
        return tuple(clash.message for clash in self.clashes)


class Cancelled(Exception):
    """Somebody called the plan off while it was being made. Nothing was decided."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """A request and an AST's post."""

    request: int
    post: int


@dataclass(frozen=True, slots=True)
class HalfTerm:
    """One half-term: its dates, and the weeks in which schools teach in the whole of it."""

    slug: str
    first: date
    last: date
    weeks: int


@dataclass(frozen=True, slots=True)
class Demand:
    """One open request. `priority` 1 is met first; `waiting` adds up to half to its weight (0 to 5).

    With `halves`, two ASTs may share it, half each. `closed` are days on which that school takes no visitors;
    `extra_km` lets ASTs from further away come to this one.
    """

    need: Need
    priority: int = 3
    waiting: int = 0
    halves: bool = False
    category: str = ""
    closed: frozenset[date] = frozenset()
    extra_km: float = 0

    @property
    def request(self) -> int:
        return self.need.request

    @property
    def weight(self) -> int:
        """What meeting it is worth within its class: days asked for, and more the longer it has waited."""
        return self.need.quarters * (WAITING_BASE + min(max(self.waiting, 0), WAITING_MOST))


@dataclass(frozen=True, slots=True)
class Supply:
    """One AST. `facts` is the person without regard to any one request: `level`, `been_there`, `link` and
    `asked_already` in it are ignored in favour of the fields here.

    `expertise` is (subject, level); `declined` the requests already put to this AST; `rooms` the quarters left by
    budget category (R-4.2); `away` days that are not free for outreach; `leaves` the last day in post; `barred`
    why policy sends this AST nowhere.
    """

    facts: AstFacts
    expertise: tuple[tuple[str, int], ...]
    been_to: frozenset[int] = frozenset()
    linked: frozenset[int] = frozenset()
    declined: frozenset[int] = frozenset()
    rooms: tuple[tuple[str, int], ...] = ()
    away: frozenset[date] = frozenset()
    leaves: date | None = None
    barred: str = ""

    @property
    def post(self) -> int:
        return self.facts.post

    def facing(self, need: Need) -> AstFacts:
        """The AST as the one scoring module sees the person for this need."""
        return replace(
            self.facts,
            level=dict(self.expertise).get(need.subject, 0),
            been_there=need.host in self.been_to,
            link="linked" if need.host in self.linked else "",
            asked_already=need.request in self.declined,
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """Hard rules that differ by authority.

    `blocks`: placements fill whole half-terms (R-4.4). `one_ast_per_subject`: a school gets one AST for all its
    requests in a subject. `least_half`: the fewest quarters that are worth half a placement.
    """

    limit_km: float | None = 30
    blocks: bool = False
    one_ast_per_subject: bool = True
    least_half: int = 8


@dataclass(frozen=True, slots=True)
class PlanWeights:
    """The placement score: the ranking's score per quarter of a day, and points for a school helped, a pair kept."""

    version: str = "2026-1"
    scoring: Weights = field(default_factory=Weights)
    school: int = 200
    kept: int = 400

    @classmethod
    def of(cls, changed: Mapping[str, float]) -> "PlanWeights":
        """These, with the ranking's score as the policy has it; the version tells one from another."""
        scoring = Weights.of(changed)
        return cls(version=scoring.version, scoring=scoring)


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """All of it. `pins` must be in the plan, `forbids` must not; `previous` is the plan to stay close to."""

    demands: tuple[Demand, ...]
    supplies: tuple[Supply, ...]
    horizon: Horizon
    half_terms: tuple[HalfTerm, ...] = ()
    rules: Rules = Rules()
    weights: PlanWeights = PlanWeights()
    pins: tuple[Pair, ...] = ()
    forbids: tuple[Pair, ...] = ()
    previous: tuple[Pair, ...] = ()

    def demand(self, request: int) -> Demand:
        """The request by number; KeyError where it is not open in this plan."""
        return {a.request: a for a in self.demands}[request]

    def supply(self, post: int) -> Supply:
        """The AST by post; KeyError where there is none."""
        return {g.post: g for g in self.supplies}[post]

    def ordered(self) -> "PlanProblem":
        """The same problem in its one canonical order, so that the order of rows in a database changes nothing."""
        return replace(
            self,
            demands=tuple(sorted(self.demands, key=lambda a: a.request)),
            supplies=tuple(sorted(self.supplies, key=lambda g: g.post)),
            half_terms=tuple(sorted(self.half_terms, key=lambda h: h.first)),
            pins=tuple(sorted(set(self.pins))),
            forbids=tuple(sorted(set(self.forbids))),
            previous=tuple(sorted(set(self.previous))),
        )

    def only(self, posts: frozenset[int], requests: frozenset[int]) -> "PlanProblem":
        """The part of the problem that concerns these ASTs and requests."""
        return replace(
            self,
            demands=tuple(a for a in self.demands if a.request in requests),
            supplies=tuple(g for g in self.supplies if g.post in posts),
            pins=tuple(p for p in self.pins if p.request in requests),
            forbids=tuple(p for p in self.forbids if p.request in requests and p.post in posts),
            previous=tuple(p for p in self.previous if p.request in requests and p.post in posts),
        )
