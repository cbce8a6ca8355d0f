"""Every set of placements that one AST could do together on real dates, or limits where there are too many sets."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from placements.allocation.plan.eligibility import Cache, Eligibility, Offer
from placements.allocation.plan.problem import Supply
from placements.allocation.plan.timetable import Room, Timetable, grain_of, opened

MOST_SETS = 1500
"""Beyond this an AST is modelled by limits and cuts: the year's plans, and the freest of calendars."""
MOST_PAIRS = 250
"""So many pairs make too many larger sets: not worth counting."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Σ quarters of these offers ≤ most."""

    offers: tuple[int, ...]
    quarters: tuple[int, ...]
    most: int

    def over(self, chosen: Sequence[int]) -> bool:
        """Whether these offers go beyond it."""
        return sum(q for n, q in zip(self.offers, self.quarters, strict=True) if n in chosen) > self.most


@dataclass(frozen=True, slots=True)
class Bundles:
    """What one AST can do. `sets` are all feasible sets of offers (by number), the empty one left out; None where
    there are too many, and then `limits` hold of every feasible set, but not only of those."""

    post: int
    offers: tuple[int, ...]
    sets: tuple[tuple[int, ...], ...] | None
    limits: tuple[Limit, ...] = ()


@dataclass(slots=True)
class Schedule:
    """One AST's timetable laid open, to try placements on."""

    supply: Supply
    room: Room
    base: Timetable
    allowed: dict[int, tuple[int, ...]] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, eligibility: Eligibility, supply: Supply, offers: Sequence[Offer]) -> "Schedule":
        """Open the timetable with all earlier promises in it."""
        room = eligibility.room(supply)
        promises = [promise.quarters for promise in supply.facts.undated]
        grain = grain_of(room, [*promises, *(o.quarters for o in offers)])
        demands = {a.request: a for a in eligibility.problem.demands if a.request in {o.request for o in offers}}
        return cls(
            supply,
            room,
            opened(supply, room, grain),
            {r: eligibility.allowed(a, supply) for r, a in demands.items()},
            {r: a.category for r, a in demands.items()},
        )

    def over_budget(self, offers: Sequence[Offer]) -> bool:
        """Whether the year or a category is overdrawn (R-4.2, R-4.11)."""
        if sum(o.quarters for o in offers) > self.supply.facts.left:
            return True
        return any(
            sum(o.quarters for o in offers if self.categories[o.request] == category) > room
            for category, room in self.supply.rooms
        )

    def fits(self, offers: Sequence[Offer]) -> bool:
        """Whether these can be done together, each on its own days."""
        if len({o.request for o in offers}) < len(offers) or self.over_budget(offers):
            return False
        table = self.base.copy()
        return all(table.add(o.request, self.allowed[o.request], o.quarters) == o.quarters for o in offers)

    def most(self, offers: Sequence[Offer]) -> int:
        """The most quarters that can be dated among these, each request once at its largest."""
        table = self.base.copy()
        sizes: dict[int, int] = {}
        for offer in offers:
            sizes[offer.request] = max(sizes.get(offer.request, 0), offer.quarters)
        return sum(table.add(r, self.allowed[r], q) for r, q in sorted(sizes.items()))


def bundles_of(
    schedule: Schedule, offers: Sequence[Offer], numbers: Sequence[int], cache: Cache, pause: Callable[[], None]
) -> Bundles:
    """Enumerate the sets, or remember them; `pause` is called now and then and may raise to stop."""
    mine = sorted(numbers)
    facts = tuple((offers[n].request, offers[n].quarters, schedule.allowed[offers[n].request]) for n in mine)
    key = (id(schedule.supply), (facts, tuple(sorted(schedule.categories.items()))))
    if key not in cache.sets:
        order = sorted(range(len(mine)), key=lambda n: (facts[n][2][-1:], facts[n][0], n))
        cache.sets[key] = _sets(schedule, [offers[n] for n in mine], order, pause)
    sets = cache.sets[key]
    if sets is None:
        return Bundles(schedule.supply.post, tuple(mine), None, _limits(schedule, offers, mine))
    return Bundles(schedule.supply.post, tuple(mine), tuple(tuple(mine[n] for n in chosen) for chosen in sets))


def _sets(
    schedule: Schedule, offers: Sequence[Offer], order: Sequence[int], pause: Callable[[], None]
) -> tuple[tuple[int, ...], ...] | None:
    """Breadth first: each set is its parent and one offer more. None where there are too many, or will be."""
    sets: list[tuple[int, ...]] = []
    further = False
    queue: deque[tuple[tuple[int, ...], Sequence[int], Timetable]] = deque([((), order, schedule.base)])
    while queue:
        chosen, open_to, table = queue.popleft()
        if len(chosen) > 1 and len(sets) - len(order) > MOST_PAIRS and not further:
            return None
        further |= len(chosen) > 1
        grown: list[tuple[int, Timetable]] = []
        for n in open_to:
            offer = offers[n]
            if schedule.over_budget([offers[m] for m in (*chosen, n)]):
                continue
            trial = table.copy()
            if trial.add(offer.request, schedule.allowed[offer.request], offer.quarters) == offer.quarters:
                grown.append((n, trial))
        # What does not go beside these goes beside no larger set: only those that do are tried further on.
        for place, (n, trial) in enumerate(grown):
            rest = [m for m, _ in grown[place + 1 :] if offers[m].request != offers[n].request]
            sets.append((*chosen, n))
            if rest:
                queue.append(((*chosen, n), rest, trial))
        if len(sets) > MOST_SETS:
            return None
        pause()
    return tuple(sorted(tuple(sorted(chosen)) for chosen in sets))


def _limits(schedule: Schedule, offers: Sequence[Offer], numbers: Sequence[int]) -> tuple[Limit, ...]:
    """The year, the categories, and every stretch of days from the first day of one offer to the last of another."""
    found = [limit(offers, numbers, schedule.supply.facts.left)]
    for category, room in schedule.supply.rooms:
        drawn = [n for n in numbers if schedule.categories[offers[n].request] == category]
        found.append(limit(offers, drawn, room))
    spans = {n: (schedule.allowed[offers[n].request][0], schedule.allowed[offers[n].request][-1]) for n in numbers}
    for first in sorted({s for s, _ in spans.values()}):
        for last in sorted({e for _, e in spans.values()}):
            inside = [n for n in numbers if first <= spans[n][0] and spans[n][1] <= last]
            if inside:
                found.append(limit(offers, inside, schedule.most([offers[n] for n in inside])))
    return tuple(dict.fromkeys(lim for lim in found if sum(lim.quarters) > lim.most))


def limit(offers: Sequence[Offer], numbers: Sequence[int], most: int) -> Limit:
    """A limit on the days of these offers together."""
    return Limit(tuple(numbers), tuple(offers[n].quarters for n in numbers), most)


def cut(schedule: Schedule, offers: Sequence[Offer], chosen: Sequence[int], numbers: Sequence[int]) -> Limit | None:
    """Where the chosen offers cannot all be dated: a limit that forbids them and nothing that could be dated.

    The days reached from the offer that finds no room are full; every offer with days only among those competes.
    """
    table = schedule.base.copy()
    for n in chosen:
        offer = offers[n]
        if table.add(offer.request, schedule.allowed[offer.request], offer.quarters) < offer.quarters:
            reached = table.reached(offer.request)
            days = {day for item in reached if item > 0 for day in schedule.allowed[item]}
            rivals = [m for m in numbers if days.issuperset(schedule.allowed[offers[m].request])]
            return limit(offers, rivals, schedule.most([offers[m] for m in rivals]))
    return None
