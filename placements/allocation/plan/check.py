"""An independent check of a finished plan: every hard rule again, from the dates, in other words than the solver's.

Nothing is shared with the model, the enumeration or the flows, so that a fault there shows here. The score alone
comes from the one scoring module. An empty list means that nothing is wrong.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from astcoord.core.words import say
from placements.allocation.plan.flow import fitting
from placements.allocation.plan.problem import Demand, PlanProblem, Supply
from placements.allocation.plan.result import Assignment, Plan
from placements.allocation.plan.words import request_words
from placements.allocation.problem import Standing
from placements.allocation.scoring import key_stage_share, kilometres


def check(problem: PlanProblem, plan: Plan) -> list[str]:
    """Everything that is wrong with a plan, in words."""
    demands, supplies = {a.request: a for a in problem.demands}, {g.post: g for g in problem.supplies}
    lost = [a for a in plan.assignments if a.request not in demands or a.post not in supplies]
    if lost:
        return [f"{say('AST')} {a.post} or {request_words(a.request)} is not part of the problem." for a in lost]
    return [
        *(
            f"{_name(a)}: {w}"
            for a in plan.assignments
            for w in _eligible(problem, demands[a.request], supplies[a.post])
        ),
        *(
            f"{_name(a)}: {w}"
            for a in plan.assignments
            for w in _dates(problem, a, demands[a.request], supplies[a.post])
        ),
        *_requests(problem, plan, demands),
        *(w for g in problem.supplies for w in _time(problem, g, plan)),
        *(w for g in problem.supplies for w in _budgets(g, plan, demands)),
        *_schools(problem, plan, demands),
        *_pairs(problem, plan),
        *_totals(problem, plan, demands),
    ]


def _name(assignment: Assignment) -> str:
    return f"{say('AST')} {assignment.post} for {request_words(assignment.request)}"


def _eligible(problem: PlanProblem, demand: Demand, supply: Supply) -> Iterator[str]:
    facts, need = supply.facts, demand.need
    level = max((lv for subject, lv in supply.expertise if subject == need.subject), default=0)
    if need.blocked:
        yield "policy lets nobody go there"
    if supply.barred:
        yield say("policy keeps the AST at home")
    if facts.home == need.host:
        yield say("the host is the AST’s own school")
    if level < 1:
        yield "no expertise in the subject"
    if facts.standing not in (Standing.IN_POST, Standing.ASPIRANT) or not facts.inducted:
        yield "not in post, or induction not finished"
    if need.request in supply.declined:
        yield "already asked"
    share = key_stage_share(need.key_stages, facts.key_stages)
    if share == 0 or (share < 1 and level == 1):
        yield "does not teach pupils of this age"
    km = kilometres(need.spot, facts.spot)
    if problem.rules.limit_km is not None and km is not None and km > problem.rules.limit_km + demand.extra_km:
        yield "too far away"


def _dates(problem: PlanProblem, made: Assignment, demand: Demand, supply: Supply) -> Iterator[str]:
    """The dates suit the school, and the AST is there on them."""
    need = demand.need
    open_days = {day for week in problem.horizon.weeks for day in week.open_on}
    if sum(v.quarters for v in made.outreach_days) != made.quarters:
        yield "the dates do not add up to the days"
    if len({v.on for v in made.outreach_days}) < len(made.outreach_days):
        yield "a date is named twice"
    for day in made.outreach_days:
        if day.quarters <= 0:
            yield f"nothing happens on {day.on}"
        if day.on not in open_days or day.on in demand.closed:
            yield f"school is closed on {day.on}"
        if not need.first <= day.on <= need.last:
            yield f"{day.on} is outside the dates asked for"
        if need.weekdays and day.on.weekday() not in need.weekdays:
            yield f"{day.on} is a weekday that does not suit the school"
        if day.on in supply.away or (supply.leaves and day.on > supply.leaves):
            yield f"{say('the AST')} is not there on {day.on}"
        if problem.rules.blocks and not _in_block(problem, day.on, demand):
            yield f"{day.on} is not in a whole half-term (R-4.4)"


def _in_block(problem: PlanProblem, day: date, demand: Demand) -> bool:
    days = [d for week in problem.horizon.weeks for d in week.open_on]
    for half_term in problem.half_terms:
        if half_term.first <= day <= half_term.last:
            inside = [d for d in days if half_term.first <= d <= half_term.last]
            begun = half_term.first < min(week.monday for week in problem.horizon.weeks)
            return not begun and all(demand.need.first <= d <= demand.need.last for d in inside)
    return False


def _requests(problem: PlanProblem, plan: Plan, demands: dict[int, Demand]) -> Iterator[str]:
    """Each request is met whole by one AST, or in two equal halves by two, or not at all."""
    for request, demand in demands.items():
        made = [a for a in plan.assignments if a.request == request]
        whole = demand.need.quarters
        shared = demand.halves and whole % 4 == 0 and whole // 2 >= problem.rules.least_half
        sizes = sorted(a.quarters for a in made)
        fine = sizes in ([], [whole]) or (shared and sizes == [whole // 2] * 2 and len({a.post for a in made}) == 2)
        if not fine:
            yield f"{request_words(request).capitalize()} is met neither whole nor in two halves by {say('two ASTs')}."
        if (request in plan.unmet) == bool(made):
            yield f"{request_words(request).capitalize()} is listed both as met and as unmet, or as neither."


def _time(problem: PlanProblem, supply: Supply, plan: Plan) -> Iterator[str]:
    """R-4.3, R-4.5: the pattern of the day, the cap of the week or half-term, and promises made earlier."""
    new: Counter[date] = Counter()
    for made in plan.assignments:
        if made.post == supply.post:
            for given in made.outreach_days:
                new[given.on] += given.quarters
    if not new:
        return
    old: Counter[date] = Counter()
    for day, quarters in supply.facts.dated:
        old[day] += quarters
    for day, quarters in sorted(new.items()):
        offered = sum(
            s.quarters for s in supply.facts.slots if s.weekday == day.weekday() and s.first <= day <= (s.last or day)
        )
        if quarters + old[day] > offered:
            yield f"{say('AST')} {supply.post} gives more on {day} than the weekly pattern holds."
    spans = {_span(problem, day) for day in new}
    for first, last, weeks in sorted(spans):
        total = sum(q for day, q in (new + old).items() if first <= day <= last)
        if total > problem.horizon.cap * weeks:
            yield f"{say('AST')} {supply.post} gives more than the cap from {first} to {last} (R-4.3, R-4.5)."
    if supply.facts.undated and fitting(problem, supply, new) < fitting(problem, supply, Counter()):
        yield f"{say('AST')} {supply.post} can no longer keep a promise made earlier."


def _span(problem: PlanProblem, day: date) -> tuple[date, date, int]:
    if problem.horizon.averaged:
        for half_term in problem.half_terms:
            if half_term.first <= day <= half_term.last:
                return half_term.first, half_term.last, half_term.weeks
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6), 1


def _budgets(supply: Supply, plan: Plan, demands: dict[int, Demand]) -> Iterator[str]:
    mine = [a for a in plan.assignments if a.post == supply.post]
    if mine and sum(a.quarters for a in mine) > supply.facts.budget - supply.facts.committed:
        yield f"{say('AST')} {supply.post} gives more than the year has left (R-4.11)."
    for category, room in supply.rooms:
        if sum(a.quarters for a in mine if demands[a.request].category == category) > max(room, 0):
            yield f"{say('AST')} {supply.post} overdraws the budget for {category or 'deployment'} (R-4.2)."


def _schools(problem: PlanProblem, plan: Plan, demands: dict[int, Demand]) -> Iterator[str]:
    if not problem.rules.one_ast_per_subject:
        return
    groups: dict[tuple[int, str], list[Assignment]] = defaultdict(list)
    for made in plan.assignments:
        need = demands[made.request].need
        groups[need.host, need.subject].append(made)
    for (host, subject), found in sorted(groups.items()):
        posts = {made.post for made in found}
        shared = any(made.quarters < demands[made.request].need.quarters for made in found)
        if len(posts) > (2 if shared else 1):
            yield f"School {host} gets {len(posts)} {say('ASTs', within=True)} for {subject}."


def _pairs(problem: PlanProblem, plan: Plan) -> Iterator[str]:
    pairs = {(a.request, a.post) for a in plan.assignments}
    for pin in problem.pins:
        if (pin.request, pin.post) not in pairs:
            yield f"The pin {say('of AST')} {pin.post} to {request_words(pin.request)} was not kept."
    for forbid in problem.forbids:
        if (forbid.request, forbid.post) in pairs:
            yield f"{say('AST')} {forbid.post} was ruled out for {request_words(forbid.request)}."


def _totals(problem: PlanProblem, plan: Plan, demands: dict[int, Demand]) -> Iterator[str]:
    """The values told are those of the assignments, and no bound lies below its value."""
    met: Counter[int] = Counter()
    for request in {a.request for a in plan.assignments}:
        met[demands[request].priority] += demands[request].need.quarters * (
            10 + min(max(demands[request].waiting, 0), 5)
        )
    if {lv.priority: lv.met for lv in plan.levels if lv.met} != dict(met):
        yield "The need met is not what the plan claims."
    hosts = {demands[a.request].need.host for a in plan.assignments}
    place = sum(a.points for a in plan.assignments) + problem.weights.school * len(hosts)
    kept = {(p.request, p.post) for p in problem.previous}
    for made in plan.assignments:
        extra = problem.weights.kept if (made.request, made.post) in kept else 0
        if abs(made.points - extra - sum(made.parts) * made.quarters) > made.quarters:
            yield f"{_name(made)}: the points are not those of the score."
    if place != plan.place:
        yield say("The placement score is not what the plan claims.")
    if plan.place_bound < plan.place or any(level.bound < level.met for level in plan.levels):
        yield "A bound lies below the value that it bounds."
