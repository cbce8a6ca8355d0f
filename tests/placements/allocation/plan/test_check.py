"""The independent checker finds every kind of fault, one planted at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from placements.allocation.plan.check import check
from placements.allocation.plan.problem import Pair, PlanProblem, Rules
from placements.allocation.plan.result import Assignment, OutreachDay, Plan
from placements.allocation.plan.solve import plan
from placements.allocation.problem import Slot, Spot, Standing, UndatedDays
from tests.placements.allocation.plan.tiny import MONDAY, demand, problem, supply

TUESDAY = MONDAY + timedelta(days=1)


def base() -> PlanProblem:
    """AST 1 does requests 1 and 2 on Tuesdays; nobody does request 3."""
    return problem([demand(1, 2), demand(2, 2), demand(3, 2, subject="latin")], [supply(1), supply(2, weekdays=())])


def with_ask(change: Callable) -> Callable[[PlanProblem], PlanProblem]:
    return lambda p: replace(p, demands=(change(p.demands[0]), *p.demands[1:]))


def with_need(**facts) -> Callable[[PlanProblem], PlanProblem]:
    return with_ask(lambda a: replace(a, need=replace(a.need, **facts)))


def with_supply(**facts) -> Callable[[PlanProblem], PlanProblem]:
    return lambda p: replace(p, supplies=(replace(p.supplies[0], **facts), *p.supplies[1:]))


def with_facts(**facts) -> Callable[[PlanProblem], PlanProblem]:
    return lambda p: with_supply(facts=replace(p.supplies[0].facts, **facts))(p)


PROBLEMS = {
    "policy lets nobody": with_need(blocked="special measures"),
    "policy keeps the AST": with_supply(barred="home in difficulties"),
    "own school": with_need(host=1),
    "no expertise": with_supply(expertise=(("music", 3),)),
    "not in post": with_facts(standing=Standing.NOT_ASSESSED),
    "induction not finished": with_facts(inducted=False),
    "already asked": with_supply(declined=frozenset({1})),
    "pupils of this age": with_need(key_stages=("post16",)),
    "too far": with_facts(spot=Spot(630000, 330000)),
    "closed": with_ask(lambda a: replace(a, closed=frozenset(TUESDAY + timedelta(weeks=w) for w in range(8)))),
    "outside the dates": with_need(first=TUESDAY + timedelta(weeks=7)),
    "does not suit": with_need(weekdays=frozenset({4})),
    "is not there": with_supply(away=frozenset({TUESDAY})),
    "whole half-term": lambda p: with_need(last=MONDAY + timedelta(days=9))(replace(p, rules=Rules(blocks=True))),
    "weekly pattern": with_facts(slots=(Slot(1, 2, MONDAY),)),
    "than the cap": lambda p: replace(p, horizon=replace(p.horizon, cap=2)),
    "promise made earlier": with_facts(undated=(UndatedDays(MONDAY, MONDAY + timedelta(days=20), 12),)),
    "R-4.11": with_facts(budget=8),
    "R-4.2": with_supply(rooms=(("", 8),)),
    "The pin of AST 2": lambda p: replace(p, pins=(Pair(3, 2),)),
    "was ruled out": lambda p: replace(p, forbids=(Pair(1, 1),)),
    "need met is not": with_ask(lambda a: replace(a, waiting=5)),
    "placement score is not": lambda p: replace(p, weights=replace(p.weights, school=7)),
    "points are not": lambda p: replace(p, previous=(Pair(1, 1),)),
    "not part of the problem": lambda p: replace(p, supplies=p.supplies[1:]),
}


@pytest.mark.parametrize("words", PROBLEMS)
def test_a_plan_that_breaks_a_rule_of_its_problem_is_found_out(words):
    made = plan(base())
    assert check(base(), made) == []
    assert any(words in found for found in check(PROBLEMS[words](base()), made))


def first(made: Plan, **facts) -> Plan:
    return replace(made, assignments=(replace(made.assignments[0], **facts), *made.assignments[1:]))


def doubled(made: Plan) -> Plan:
    one = made.assignments[0]
    other = Assignment(1, 2, one.quarters, False, one.outreach_days, one.points, one.km, one.parts)
    return replace(made, assignments=(*made.assignments, other))


PLANS: dict[str, Callable[[Plan], Plan]] = {
    "do not add up": lambda m: first(m, outreach_days=m.assignments[0].outreach_days[1:]),
    "named twice": lambda m: first(m, outreach_days=(OutreachDay(TUESDAY, 4), OutreachDay(TUESDAY, 4))),
    "nothing happens": lambda m: first(
        m, outreach_days=(*m.assignments[0].outreach_days, OutreachDay(TUESDAY + timedelta(days=14), 0))
    ),
    "school is closed": lambda m: first(m, outreach_days=(OutreachDay(TUESDAY + timedelta(days=4), 8),)),
    "neither whole nor in two halves": lambda m: first(m, quarters=4),
    "both as met and as unmet": lambda m: replace(m, unmet=(1, 3)),
    "or as neither": lambda m: replace(m, unmet=()),
    "gives more on": lambda m: first(m, outreach_days=(OutreachDay(TUESDAY, 8),)),
    "gets 2 ASTs": doubled,
    "need met is not": lambda m: replace(m, levels=(replace(m.levels[0], met=1),)),
    "placement score": lambda m: replace(m, place=m.place + 1),
    "bound lies below": lambda m: replace(m, place_bound=m.place - 1),
}


@pytest.mark.parametrize("words", PLANS)
def test_a_plan_tampered_with_is_found_out(words):
    assert any(words in found for found in check(base(), PLANS[words](plan(base()))))


def test_two_asts_for_one_school_and_subject_are_found_out():
    here = problem([demand(1, 2, host=900), demand(2, 2, host=900)], [supply(1), supply(2)])
    apart = plan(replace(here, rules=Rules(one_ast_per_subject=False), pins=(Pair(1, 1), Pair(2, 2))))
    assert any("gets 2 ASTs" in found for found in check(here, apart))
