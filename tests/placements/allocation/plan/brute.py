"""The best plan by trying everything: shares only the score with the core. For problems of a handful of requests."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from placements.allocation.plan.problem import Demand, PlanProblem, Supply
from placements.allocation.problem import Standing
from placements.allocation.scoring import key_stage_share, kilometres, score

Choice = tuple[tuple[int, int], ...]  # (post, quarters), for one request


@dataclass
class Brute:
    problem: PlanProblem
    dated: dict[tuple[int, tuple[tuple[int, int], ...]], int] = field(default_factory=dict)

    def best(self) -> tuple[tuple[int, ...], int] | None:
        """Need by class and placement score of the best plan; None where pins leave none."""
        demands = sorted(self.problem.demands, key=lambda a: a.request)
        found: list[tuple[tuple[int, ...], int]] = []
        choices = {a.request: [(), *self.choices(a)] for a in demands}
        self.walk(demands, choices, {}, found)
        return max(found, default=None)

    def walk(self, demands, choices, made, found) -> None:
        if not demands:
            if self.pins_kept(made) and self.schools_fine(made):
                found.append(self.value(made))
            return
        for choice in choices[demands[0].request]:
            grown = {**made, demands[0].request: choice} if choice else made
            if all(self.feasible(post, grown) for post, _ in choice):
                self.walk(demands[1:], choices, grown, found)

    def choices(self, demand: Demand) -> Iterator[Choice]:
        whole = demand.need.quarters
        able = [g for g in self.problem.supplies if self.eligible(demand, g)]
        yield from (((g.post, whole),) for g in able)
        if demand.halves and whole % 4 == 0 and whole // 2 >= self.problem.rules.least_half:
            yield from (((a.post, whole // 2), (b.post, whole // 2)) for a, b in combinations(able, 2))

    def eligible(self, demand: Demand, supply: Supply) -> bool:
        facts, need, rules = supply.facts, demand.need, self.problem.rules
        level = dict(supply.expertise).get(need.subject, 0)
        share = key_stage_share(need.key_stages, facts.key_stages)
        km = kilometres(need.spot, facts.spot)
        return (
            not need.blocked
            and not supply.barred
            and facts.home != need.host
            and level > 0
            and facts.standing in (Standing.IN_POST, Standing.ASPIRANT)
            and facts.inducted
            and need.request not in supply.declined
            and share > 0
            and (share == 1 or level > 1)
            and (km is None or rules.limit_km is None or km <= rules.limit_km + demand.extra_km)
            and not any((f.request, f.post) == (need.request, supply.post) for f in self.problem.forbids)
        )

    def feasible(self, post: int, made: dict[int, Choice]) -> bool:
        supply = self.problem.supply(post)
        mine = tuple((r, q) for r, choice in sorted(made.items()) for p, q in choice if p == post)
        if sum(q for _, q in mine) > supply.facts.budget - supply.facts.committed:
            return False
        for category, room in supply.rooms:
            if sum(q for r, q in mine if self.problem.demand(r).category == category) > room:
                return False
        return self.flow(supply, mine) == sum(q for _, q in mine) + self.flow(supply, ())

    def flow(self, supply: Supply, mine: tuple[tuple[int, int], ...]) -> int:
        """Quarters that can be dated of these and of all promises, by Ford and Fulkerson over quarters."""
        key = supply.post, mine
        if key in self.dated:
            return self.dated[key]
        arcs: dict = defaultdict(dict)
        for n, promise in enumerate(supply.facts.undated):
            days = [d for d in self.days() if promise.first <= d <= promise.last]
            self.arcs_of(supply, ("promise", n), promise.quarters, days, arcs)
        for request, quarters in mine:
            self.arcs_of(supply, ("ask", request), quarters, self.days_of(self.problem.demand(request)), arcs)
        total = 0
        while path := augmenting(arcs):
            least = min(arcs[a][b] for a, b in path)
            for a, b in path:
                arcs[a][b] -= least
                arcs[b][a] = arcs[b].get(a, 0) + least
            total += least
        self.dated[key] = total
        return total

    def arcs_of(self, supply: Supply, item, quarters: int, days: list[date], arcs) -> None:
        arcs["s"][item] = quarters
        for day in days:
            room = self.room(supply, day)
            if room > 0:
                first, last, cap = self.span(day)
                used = sum(q for on, q in supply.facts.dated if first <= on <= last)
                arcs[item]["day", day] = 99
                arcs["day", day]["span", first] = room
                arcs["span", first]["t"] = max(cap - used, 0)

    def room(self, supply: Supply, day: date) -> int:
        if day in supply.away or (supply.leaves and day > supply.leaves):
            return 0
        offered = sum(s.quarters for s in supply.facts.slots if s.weekday == day.weekday())
        return offered - sum(q for on, q in supply.facts.dated if on == day)

    def span(self, day: date) -> tuple[date, date, int]:
        if self.problem.horizon.averaged:
            term = next(h for h in self.problem.half_terms if h.first <= day <= h.last)
            return term.first, term.last, term.weeks * self.problem.horizon.cap
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6), self.problem.horizon.cap

    def days(self) -> list[date]:
        return [day for week in self.problem.horizon.weeks for day in week.open_on]

    def days_of(self, demand: Demand) -> list[date]:
        need = demand.need
        days = [d for d in self.days() if need.first <= d <= need.last]
        if self.problem.rules.blocks:
            whole = [
                (h.first, h.last)
                for h in self.problem.half_terms
                if all(d in days for d in self.days() if h.first <= d <= h.last)
            ]
            days = [d for d in days if any(a <= d <= b for a, b in whole)]
        return [d for d in days if d not in demand.closed and (not need.weekdays or d.weekday() in need.weekdays)]

    def pins_kept(self, made: dict[int, Choice]) -> bool:
        return all(p.post in {post for post, _ in made.get(p.request, ())} for p in self.problem.pins)

    def schools_fine(self, made: dict[int, Choice]) -> bool:
        if not self.problem.rules.one_ast_per_subject:
            return True
        groups = defaultdict(set)
        for demand in self.problem.demands:
            groups[demand.need.host, demand.need.subject].add(demand.request)
        for group in groups.values():
            posts = {post for r in group for post, _ in made.get(r, ())}
            if len(posts) > (2 if any(len(made.get(r, ())) == 2 for r in group) else 1):
                return False
        return True

    def value(self, made: dict[int, Choice]) -> tuple[tuple[int, ...], int]:
        need: dict[int, int] = {a.priority: 0 for a in self.problem.demands}
        place = 0
        for request, choice in made.items():
            demand = self.problem.demand(request)
            need[demand.priority] += demand.need.quarters * (10 + demand.waiting)
            place += sum(self.points(demand, self.problem.supply(post), q) for post, q in choice)
        hosts = {self.problem.demand(r).need.host for r in made}
        return tuple(need[p] for p in sorted(need)), place + self.problem.weights.school * len(hosts)

    def points(self, demand: Demand, supply: Supply, quarters: int) -> int:
        most = min(
            demand.need.quarters,
            supply.facts.left,
            dict(supply.rooms).get(demand.category, supply.facts.left),
        )
        free = self.flow(supply, ((demand.request, most),)) - self.flow(supply, ())
        total = score(demand.need, supply.facing(demand.need), free, self.problem.weights.scoring).total
        kept = any((p.request, p.post) == (demand.request, supply.post) for p in self.problem.previous)
        return round(total) * quarters + (self.problem.weights.kept if kept else 0)


def augmenting(arcs) -> list:
    before, queue = {"s": None}, ["s"]
    while queue:
        node = queue.pop()
        for target, room in arcs[node].items():
            if room > 0 and target not in before:
                before[target] = node
                queue.append(target)
    if "t" not in before:
        return []
    path, node = [], "t"
    while before[node] is not None:
        path.append((before[node], node))
        node = before[node]
    return path
