"""The problem as the solver sees it: offers, who can hold which together, and what each request is worth.

A form says nothing of dates, schools or subjects. The published generalised-assignment problems take the same form
(`tests/placements/allocation/plan/generalised.py`), so the solver can be held against their known optima.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from placements.allocation.plan.bundles import Bundles, Limit, Schedule, bundles_of, cut
from placements.allocation.plan.eligibility import Eligibility, Offer
from placements.allocation.plan.problem import PlanProblem

TIE_PRIME = 9973


@dataclass(frozen=True, slots=True)
class Want:
    """One request's class, its weight within the class, and the school it counts for."""

    request: int
    priority: int
    weight: int
    host: int


@dataclass(frozen=True, slots=True)
class Form:
    """One part, ready to solve. `twins` are requests of one school in one subject: they take one AST, or the two who
    share one of them in halves.

    `pinned` are groups of offers of which one must be taken; `must` are requests that have to be met.
    """

    offers: tuple[Offer, ...]
    bundles: tuple[Bundles, ...]
    wants: tuple[Want, ...]
    twins: tuple[frozenset[int], ...] = ()
    pinned: tuple[tuple[int, ...], ...] = ()
    must: frozenset[int] = frozenset()
    school: int = 0

    @property
    def priorities(self) -> tuple[int, ...]:
        return tuple(sorted({w.priority for w in self.wants}))

    def need(self, met: Iterable[int]) -> tuple[int, ...]:
        """Need met by class, for a set of requests met."""
        done = set(met)
        return tuple(
            sum(w.weight for w in self.wants if w.priority == p and w.request in done) for p in self.priorities
        )

    def met(self, chosen: Iterable[int]) -> frozenset[int]:
        """Requests met in full by these offers."""
        return frozenset(self.offers[n].request for n in chosen)

    def place(self, chosen: Iterable[int]) -> int:
        """The placement score of these offers: their points, and something for every school helped."""
        taken = list(chosen)
        host = {w.request: w.host for w in self.wants}
        return sum(self.offers[n].points for n in taken) + self.school * len({host[r] for r in self.met(taken)})

    def forcing(self, request: int) -> "Form":
        """The same, with one request that must be met."""
        return replace(self, must=self.must | {request})

    def numbers(self, pairs: Iterable[tuple[int, int, bool]]) -> tuple[int, ...]:
        """Numbers of the offers for (request, post, half); those that no longer exist are left out."""
        index = {(o.request, o.post, o.half): n for n, o in enumerate(self.offers)}
        return tuple(sorted(index[p] for p in pairs if p in index))


def tie(offer: Offer) -> int:
    """1 to 9973 from the ids alone, so that among equal plans every machine chooses the same one."""
    return crc32(f"{offer.request}|{offer.post}|{int(offer.half)}".encode()) % TIE_PRIME + 1


class Dates:
    """The real dates behind a form: answers whether offers can be dated, and cuts off those that cannot."""

    def __init__(self, schedules: dict[int, Schedule], offers: Sequence[Offer]) -> None:
        self.schedules = schedules
        self.offers = offers

    def fits(self, post: int, chosen: Sequence[int]) -> bool:
        """Whether the AST can hold these offers together."""
        return self.schedules[post].fits([self.offers[n] for n in chosen])

    def broken(self, form: Form, chosen: Sequence[int]) -> list[Limit]:
        """Limits that these offers break, for the ASTs without enumerated sets."""
        found = []
        for one in form.bundles:
            if one.sets is None:
                mine = [n for n in one.offers if n in set(chosen)]
                broken = cut(self.schedules[one.post], self.offers, mine, one.offers)
                if broken is not None:
                    found.append(broken)
        return found


def split(problem: PlanProblem, offers: Sequence[Offer]) -> list[tuple[frozenset[int], frozenset[int]]]:
    """Parts (posts, requests) that share no AST, request or school: solving each alone is exact."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    host = {a.request: a.need.host for a in problem.demands}
    for offer in offers:
        parent[root(("post", offer.post))] = root(("request", offer.request))
        parent[root(("host", host[offer.request]))] = root(("request", offer.request))
    parts: dict[tuple[str, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for kind, number in list(parent):
        posts, requests = parts[root((kind, number))]
        if kind == "post":
            posts.add(number)
        elif kind == "request":
            requests.add(number)
    found = [(frozenset(p), frozenset(r)) for p, r in parts.values()]
    return sorted(found, key=lambda part: (len(part[1]), min(part[1])))


def form_of(
    eligibility: Eligibility,
    part: tuple[frozenset[int], frozenset[int]],
    offers: Sequence[Offer],
    pause: Callable[[], None] | None,
) -> tuple[Form, Dates]:
    """The form of one part: enumerate what every AST in it can do, or without a `pause` leave that to the dates."""
    posts, requests = part
    problem = eligibility.problem
    mine = tuple(o for o in offers if o.request in requests)
    by_post: dict[int, list[int]] = defaultdict(list)
    for n, offer in enumerate(mine):
        by_post[offer.post].append(n)
    supplies = {g.post: g for g in problem.supplies}
    schedules = {
        post: Schedule.of(eligibility, supplies[post], [mine[n] for n in by_post[post]]) for post in sorted(posts)
    }
    bundles = tuple(
        bundles_of(schedules[post], mine, by_post[post], eligibility.cache, pause)
        if pause
        else Bundles(post, tuple(by_post[post]), None)
        for post in sorted(posts)
    )
    demands = [a for a in problem.demands if a.request in requests]
    form = Form(
        offers=mine,
        bundles=bundles,
        wants=tuple(Want(a.request, a.priority, a.weight, a.need.host) for a in demands),
        twins=_twins(problem, requests),
        pinned=tuple(
            tuple(n for n, o in enumerate(mine) if o.pair == pin) for pin in problem.pins if pin.request in requests
        ),
        school=problem.weights.school,
    )
    return form, Dates(schedules, mine)


def _twins(problem: PlanProblem, requests: frozenset[int]) -> tuple[frozenset[int], ...]:
    """What each school asks in one subject, where that is more than one request."""
    if not problem.rules.one_ast_per_subject:
        return ()
    groups: dict[tuple[int, str], set[int]] = defaultdict(set)
    for demand in problem.demands:
        if demand.request in requests:
            groups[demand.need.host, demand.need.subject].add(demand.request)
    return tuple(frozenset(group) for _, group in sorted(groups.items()) if len(group) > 1)
