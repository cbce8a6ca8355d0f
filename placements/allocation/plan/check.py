"""An independent check of a finished plan: every hard rule again, from the dates, in other words than the solver's.

Nothing is shared with the model, the enumeration or the flows, so that a fault there shows here. The score alone
comes from the one scoring module. An empty list means that nothing is wrong.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from placements.allocation.plan.claims import fitting
from placements.allocation.plan.problem import Ask, Giver, PlanProblem
from placements.allocation.plan.result import Assignment, Plan
from placements.allocation.plan.words import request_words
from placements.allocation.problem import Standing
from placements.allocation.scoring import key_stage_share, kilometres


def check(problem: PlanProblem, plan: Plan) -> list[str]:
    """Everything that is wrong with a plan, in words."""
    asks, givers = {a.request: a for a in problem.asks}, {g.post: g for g in problem.givers}
    lost = [a for a in plan.assignments if a.request not in asks or a.post not in givers]
    if lost:
        return [f"AST {a.post} or {request_words(a.request)} is not part of the problem." for a in lost]
    return [
        *(f"{_name(a)}: {w}" for a in plan.assignments for w in _eligible(problem, asks[a.request], givers[a.post])),
        *(f"{_name(a)}: {w}" for a in plan.assignments for w in _visits(problem, a, asks[a.request], givers[a.post])),
        *_requests(problem, plan, asks),
        *(w for g in problem.givers for w in _time(problem, g, plan)),
        *(w for g in problem.givers for w in _budgets(g, plan, asks)),
        *_schools(problem, plan, asks),
        *_pairs(problem, plan),
        *_totals(problem, plan, asks),
    ]


def _name(assignment: Assignment) -> str:
    return f"AST {assignment.post} for {request_words(assignment.request)}"


def _eligible(problem: PlanProblem, ask: Ask, giver: Giver) -> Iterator[str]:
    facts, need = giver.facts, ask.need
    level = max((lv for subject, lv in giver.expertise if subject == need.subject), default=0)
    if need.blocked:
        yield "policy lets nobody go there"
    if giver.barred:
        yield "policy keeps the AST at home"
    if facts.home == need.host:
        yield "the host is the AST’s own school"
    if level < 1:
        yield "no expertise in the subject"
    if facts.standing not in (Standing.IN_POST, Standing.ASPIRANT) or not facts.inducted:
        yield "not in post, or induction not finished"
    if need.request in giver.declined:
        yield "already asked"
    share = key_stage_share(need.key_stages, facts.key_stages)
    if share == 0 or (share < 1 and level == 1):
        yield "does not teach pupils of this age"
    km = kilometres(need.spot, facts.spot)
    if problem.rules.limit_km is not None and km is not None and km > problem.rules.limit_km + ask.extra_km:
        yield "too far away"


def _visits(problem: PlanProblem, made: Assignment, ask: Ask, giver: Giver) -> Iterator[str]:
    """The dates suit the school, and the AST is there on them."""
    need = ask.need
    open_days = {day for week in problem.horizon.weeks for day in week.open_on}
    if sum(v.quarters for v in made.visits) != made.quarters:
        yield "the dates do not add up to the days"
    if len({v.on for v in made.visits}) < len(made.visits):
        yield "a date is named twice"
    for visit in made.visits:
        if visit.quarters <= 0:
            yield f"nothing happens on {visit.on}"
        if visit.on not in open_days or visit.on in ask.closed:
            yield f"school is closed on {visit.on}"
        if not need.first <= visit.on <= need.last:
            yield f"{visit.on} is outside the dates asked for"
        if need.weekdays and visit.on.weekday() not in need.weekdays:
            yield f"{visit.on} is a weekday that does not suit the school"
        if visit.on in giver.away or (giver.leaves and visit.on > giver.leaves):
            yield f"the AST is not there on {visit.on}"
        if problem.rules.blocks and not _in_block(problem, visit.on, ask):
            yield f"{visit.on} is not in a whole half-term (R-4.4)"


def _in_block(problem: PlanProblem, day: date, ask: Ask) -> bool:
    days = [d for week in problem.horizon.weeks for d in week.open_on]
    for half_term in problem.half_terms:
        if half_term.first <= day <= half_term.last:
            inside = [d for d in days if half_term.first <= d <= half_term.last]
            begun = half_term.first < min(week.monday for week in problem.horizon.weeks)
            return not begun and all(ask.need.first <= d <= ask.need.last for d in inside)
    return False


def _requests(problem: PlanProblem, plan: Plan, asks: dict[int, Ask]) -> Iterator[str]:
    """Each request is met whole by one AST, or in two equal halves by two, or not at all."""
    for request, ask in asks.items():
        made = [a for a in plan.assignments if a.request == request]
        whole = ask.need.quarters
        shared = ask.halves and whole % 4 == 0 and whole // 2 >= problem.rules.least_half
        sizes = sorted(a.quarters for a in made)
        fine = sizes in ([], [whole]) or (shared and sizes == [whole // 2] * 2 and len({a.post for a in made}) == 2)
        if not fine:
            yield f"{request_words(request).capitalize()} is met neither whole nor in two halves by two ASTs."
        if (request in plan.unmet) == bool(made):
            yield f"{request_words(request).capitalize()} is listed both as met and as unmet, or as neither."


def _time(problem: PlanProblem, giver: Giver, plan: Plan) -> Iterator[str]:
    """R-4.3, R-4.5: the pattern of the day, the cap of the week or half-term, and promises made earlier."""
    new: Counter[date] = Counter()
    for made in plan.assignments:
        if made.post == giver.post:
            for visit in made.visits:
                new[visit.on] += visit.quarters
    if not new:
        return
    old: Counter[date] = Counter()
    for day, quarters in giver.facts.dated:
        old[day] += quarters
    for day, quarters in sorted(new.items()):
        offered = sum(
            s.quarters for s in giver.facts.slots if s.weekday == day.weekday() and s.first <= day <= (s.last or day)
        )
        if quarters + old[day] > offered:
            yield f"AST {giver.post} gives more on {day} than the weekly pattern holds."
    spans = {_span(problem, day) for day in new}
    for first, last, weeks in sorted(spans):
        total = sum(q for day, q in (new + old).items() if first <= day <= last)
        if total > problem.horizon.cap * weeks:
            yield f"AST {giver.post} gives more than the cap from {first} to {last} (R-4.3, R-4.5)."
    if giver.facts.claims and fitting(problem, giver, new) < fitting(problem, giver, Counter()):
        yield f"AST {giver.post} can no longer keep a promise made earlier."


def _span(problem: PlanProblem, day: date) -> tuple[date, date, int]:
    if problem.horizon.averaged:
        for half_term in problem.half_terms:
            if half_term.first <= day <= half_term.last:
                return half_term.first, half_term.last, half_term.weeks
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6), 1


def _budgets(giver: Giver, plan: Plan, asks: dict[int, Ask]) -> Iterator[str]:
    mine = [a for a in plan.assignments if a.post == giver.post]
    if mine and sum(a.quarters for a in mine) > giver.facts.budget - giver.facts.committed:
        yield f"AST {giver.post} gives more than the year has left (R-4.11)."
    for category, room in giver.rooms:
        if sum(a.quarters for a in mine if asks[a.request].category == category) > max(room, 0):
            yield f"AST {giver.post} overdraws the budget for {category or 'deployment'} (R-4.2)."


def _schools(problem: PlanProblem, plan: Plan, asks: dict[int, Ask]) -> Iterator[str]:
    if not problem.rules.one_ast_per_subject:
        return
    groups: dict[tuple[int, str], list[Assignment]] = defaultdict(list)
    for made in plan.assignments:
        need = asks[made.request].need
        groups[need.host, need.subject].append(made)
    for (host, subject), found in sorted(groups.items()):
        posts = {made.post for made in found}
        shared = any(made.quarters < asks[made.request].need.quarters for made in found)
        if len(posts) > (2 if shared else 1):
            yield f"School {host} gets {len(posts)} ASTs for {subject}."


def _pairs(problem: PlanProblem, plan: Plan) -> Iterator[str]:
    pairs = {(a.request, a.post) for a in plan.assignments}
    for pin in problem.pins:
        if (pin.request, pin.post) not in pairs:
            yield f"The pin of AST {pin.post} to {request_words(pin.request)} was not kept."
    for forbid in problem.forbids:
        if (forbid.request, forbid.post) in pairs:
            yield f"AST {forbid.post} was ruled out for {request_words(forbid.request)}."


def _totals(problem: PlanProblem, plan: Plan, asks: dict[int, Ask]) -> Iterator[str]:
    """The values claimed are those of the assignments, and no bound lies below its value."""
    met: Counter[int] = Counter()
    for request in {a.request for a in plan.assignments}:
        met[asks[request].priority] += asks[request].need.quarters * (10 + min(max(asks[request].waiting, 0), 5))
    if {lv.priority: lv.met for lv in plan.levels if lv.met} != dict(met):
        yield "The need met is not what the plan claims."
    hosts = {asks[a.request].need.host for a in plan.assignments}
    place = sum(a.points for a in plan.assignments) + problem.weights.school * len(hosts)
    kept = {(p.request, p.post) for p in problem.previous}
    for made in plan.assignments:
        extra = problem.weights.kept if (made.request, made.post) in kept else 0
        if abs(made.points - extra - sum(made.parts) * made.quarters) > made.quarters:
            yield f"{_name(made)}: the points are not those of the score."
    if place != plan.place:
        yield "The placement score is not what the plan claims."
    if plan.place_bound < plan.place or any(level.bound < level.met for level in plan.levels):
        yield "A bound lies below the value that it bounds."
