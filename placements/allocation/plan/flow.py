"""How many promised quarters can still be dated, for the checker: a plain maximum flow by breadth-first search."""

from collections import Counter, defaultdict, deque
from collections.abc import Hashable
from datetime import date, timedelta

from placements.allocation.plan.problem import PlanProblem, Supply

Arcs = dict[Hashable, dict[Hashable, int]]


def fitting(problem: PlanProblem, supply: Supply, new: Counter[date]) -> int:
    """Quarters of the AST's undated promises that fit beside dated days and these new ones."""
    arcs: Arcs = defaultdict(lambda: defaultdict(int))
    used = Counter(new)
    for day, quarters in supply.facts.dated:
        used[day] += quarters
    for n, promise in enumerate(supply.facts.undated):
        arcs["source"]["promise", n] = promise.quarters
        for week in problem.horizon.weeks:
            for day in week.open_on:
                if promise.first <= day <= promise.last and _free(supply, day) > used[day]:
                    arcs["promise", n]["day", day] = _free(supply, day) - used[day]
                    _under_cap(problem, supply, arcs, day, used)
    total = 0
    while path := _path(arcs):
        least = min(arcs[a][b] for a, b in path)
        for a, b in path:
            arcs[a][b] -= least
            arcs[b][a] += least
        total += least
    return total


def _free(supply: Supply, day: date) -> int:
    if day in supply.away or (supply.leaves and day > supply.leaves):
        return 0
    slots = (s for s in supply.facts.slots if s.weekday == day.weekday() and s.first <= day <= (s.last or day))
    return sum(s.quarters for s in slots)


def _under_cap(problem: PlanProblem, supply: Supply, arcs: Arcs, day: date, used: Counter[date]) -> None:
    """A day can pass on what it has free; its week, or its half-term, what the cap leaves."""
    monday = day - timedelta(days=day.weekday())
    first, last, weeks = monday, monday + timedelta(days=6), 1
    if problem.horizon.averaged:
        for half_term in problem.half_terms:
            if half_term.first <= day <= half_term.last:
                first, last, weeks = half_term.first, half_term.last, half_term.weeks
    taken = sum(q for on, q in used.items() if first <= on <= last)
    arcs["day", day]["span", first] = _free(supply, day) - used[day]
    arcs["span", first]["sink"] = max(problem.horizon.cap * weeks - taken, 0)


def _path(arcs: Arcs) -> list[tuple[Hashable, Hashable]]:
    before: dict[Hashable, Hashable] = {"source": "source"}
    queue: deque[Hashable] = deque(["source"])
    while queue:
        node = queue.popleft()
        for target, room in list(arcs[node].items()):
            if room > 0 and target not in before:
                before[target] = node
                if target == "sink":
                    path: list[tuple[Hashable, Hashable]] = [(node, target)]
                    while path[0][0] != "source":
                        path.insert(0, (before[path[0][0]], path[0][0]))
                    return path
                queue.append(target)
    return []
