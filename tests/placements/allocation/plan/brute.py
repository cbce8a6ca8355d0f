"""The best plan by trying everything: shares only the score with the core. For problems of a handful of requests."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from placements.allocation.plan.problem import Ask, Giver, PlanProblem
from placements.allocation.problem import Standing
from placements.allocation.scoring import key_stage_share, kilometres, score

Choice = tuple[tuple[int, int], ...]  # (post, quarters), for one request


@dataclass
class Brute:
    problem: PlanProblem
    dated: dict[tuple[int, tuple[tuple[int, int], ...]], int] = field(default_factory=dict)

    def best(self) -> tuple[tuple[int, ...], int] | None:
        """Need by class and placement score of the best plan; None where pins leave none."""
        asks = sorted(self.problem.asks, key=lambda a: a.request)
        found: list[tuple[tuple[int, ...], int]] = []
        choices = {a.request: [(), *self.choices(a)] for a in asks}
        self.walk(asks, choices, {}, found)
        return max(found, default=None)

    def walk(self, asks, choices, made, found) -> None:
        if not asks:
            if self.pins_kept(made) and self.schools_fine(made):
                found.append(self.value(made))
            return
        for choice in choices[asks[0].request]:
            grown = {**made, asks[0].request: choice} if choice else made
            if all(self.feasible(post, grown) for post, _ in choice):
                self.walk(asks[1:], choices, grown, found)

    def choices(self, ask: Ask) -> Iterator[Choice]:
        whole = ask.need.quarters
        able = [g for g in self.problem.givers if self.eligible(ask, g)]
        yield from (((g.post, whole),) for g in able)
        if ask.halves and whole % 4 == 0 and whole // 2 >= self.problem.rules.least_half:
            yield from (((a.post, whole // 2), (b.post, whole // 2)) for a, b in combinations(able, 2))

    def eligible(self, ask: Ask, giver: Giver) -> bool:
        facts, need, rules = giver.facts, ask.need, self.problem.rules
        level = dict(giver.expertise).get(need.subject, 0)
        share = key_stage_share(need.key_stages, facts.key_stages)
        km = kilometres(need.spot, facts.spot)
        return (
            not need.blocked
            and not giver.barred
            and facts.home != need.host
            and level > 0
            and facts.standing in (Standing.IN_POST, Standing.ASPIRANT)
            and facts.inducted
            and need.request not in giver.declined
            and share > 0
            and (share == 1 or level > 1)
            and (km is None or rules.limit_km is None or km <= rules.limit_km + ask.extra_km)
            and not any((f.request, f.post) == (need.request, giver.post) for f in self.problem.forbids)
        )

    def feasible(self, post: int, made: dict[int, Choice]) -> bool:
        giver = self.problem.giver(post)
        mine = tuple((r, q) for r, choice in sorted(made.items()) for p, q in choice if p == post)
        if sum(q for _, q in mine) > giver.facts.budget - giver.facts.committed:
            return False
        for category, room in giver.rooms:
            if sum(q for r, q in mine if self.problem.ask(r).category == category) > room:
                return False
        return self.flow(giver, mine) == sum(q for _, q in mine) + self.flow(giver, ())

    def flow(self, giver: Giver, mine: tuple[tuple[int, int], ...]) -> int:
        """Quarters that can be dated of these and of all promises, by Ford and Fulkerson over quarters."""
        key = giver.post, mine
        if key in self.dated:
            return self.dated[key]
        arcs: dict = defaultdict(dict)
        for n, claim in enumerate(giver.facts.claims):
            days = [d for d in self.days() if claim.first <= d <= claim.last]
            self.arcs_of(giver, ("claim", n), claim.quarters, days, arcs)
        for request, quarters in mine:
            self.arcs_of(giver, ("ask", request), quarters, self.days_of(self.problem.ask(request)), arcs)
        total = 0
        while path := augmenting(arcs):
            least = min(arcs[a][b] for a, b in path)
            for a, b in path:
                arcs[a][b] -= least
                arcs[b][a] = arcs[b].get(a, 0) + least
            total += least
        self.dated[key] = total
        return total

    def arcs_of(self, giver: Giver, item, quarters: int, days: list[date], arcs) -> None:
        arcs["s"][item] = quarters
        for day in days:
            room = self.room(giver, day)
            if room > 0:
                first, last, cap = self.span(day)
                used = sum(q for on, q in giver.facts.dated if first <= on <= last)
                arcs[item]["day", day] = 99
                arcs["day", day]["span", first] = room
                arcs["span", first]["t"] = max(cap - used, 0)

    def room(self, giver: Giver, day: date) -> int:
        if day in giver.away or (giver.leaves and day > giver.leaves):
            return 0
        offered = sum(s.quarters for s in giver.facts.slots if s.weekday == day.weekday())
        return offered - sum(q for on, q in giver.facts.dated if on == day)

    def span(self, day: date) -> tuple[date, date, int]:
        if self.problem.horizon.averaged:
            term = next(h for h in self.problem.half_terms if h.first <= day <= h.last)
            return term.first, term.last, term.weeks * self.problem.horizon.cap
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6), self.problem.horizon.cap

    def days(self) -> list[date]:
        return [day for week in self.problem.horizon.weeks for day in week.open_on]

    def days_of(self, ask: Ask) -> list[date]:
        need = ask.need
        days = [d for d in self.days() if need.first <= d <= need.last]
        if self.problem.rules.blocks:
            whole = [
                (h.first, h.last)
                for h in self.problem.half_terms
                if all(d in days for d in self.days() if h.first <= d <= h.last)
            ]
            days = [d for d in days if any(a <= d <= b for a, b in whole)]
        return [d for d in days if d not in ask.closed and (not need.weekdays or d.weekday() in need.weekdays)]

    def pins_kept(self, made: dict[int, Choice]) -> bool:
        return all(p.post in {post for post, _ in made.get(p.request, ())} for p in self.problem.pins)

    def schools_fine(self, made: dict[int, Choice]) -> bool:
        if not self.problem.rules.one_ast_per_subject:
            return True
        groups = defaultdict(set)
        for ask in self.problem.asks:
            groups[ask.need.host, ask.need.subject].add(ask.request)
        for group in groups.values():
            posts = {post for r in group for post, _ in made.get(r, ())}
            if len(posts) > (2 if any(len(made.get(r, ())) == 2 for r in group) else 1):
                return False
        return True

    def value(self, made: dict[int, Choice]) -> tuple[tuple[int, ...], int]:
        need: dict[int, int] = {a.priority: 0 for a in self.problem.asks}
        place = 0
        for request, choice in made.items():
            ask = self.problem.ask(request)
            need[ask.priority] += ask.need.quarters * (10 + ask.waiting)
            place += sum(self.points(ask, self.problem.giver(post), q) for post, q in choice)
        hosts = {self.problem.ask(r).need.host for r in made}
        return tuple(need[p] for p in sorted(need)), place + self.problem.weights.school * len(hosts)

    def points(self, ask: Ask, giver: Giver, quarters: int) -> int:
        most = min(
            ask.need.quarters,
            giver.facts.left,
            dict(giver.rooms).get(ask.category, giver.facts.left),
        )
        free = self.flow(giver, ((ask.request, most),)) - self.flow(giver, ())
        total = score(ask.need, giver.facing(ask.need), free, self.problem.weights.scoring).total
        kept = any((p.request, p.post) == (ask.request, giver.post) for p in self.problem.previous)
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
