"""The plan against brute force, in every way of solving; and what must hold of any optimum (R-7.1)."""

import random
from dataclasses import replace

import pytest

from astcoord.bench.plans import by_rule
from astcoord.bench.seeded import LEA, seeded
from placements.allocation.plan import bundles, stages
from placements.allocation.plan.bundles import Schedule
from placements.allocation.plan.check import check
from placements.allocation.plan.eligibility import Eligibility
from placements.allocation.plan.greedy import best_first
from placements.allocation.plan.problem import Contradiction, Pair, PlanProblem
from placements.allocation.plan.result import Status
from placements.allocation.plan.solve import plan
from tests.placements.allocation.plan.brute import Brute
from tests.placements.allocation.plan.tiny import random_problem


def same_as_brute_force(seeds: range) -> None:
    for seed in seeds:
        problem = random_problem(seed)
        made = plan(problem)
        assert made.status == Status.PROVED
        assert (made.need, made.place) == Brute(problem).best(), f"seed {seed}"
        assert made.gap == 0
        assert check(problem, made) == []


@pytest.mark.parametrize("start", range(0, 520, 65))
def test_r_7_1_equals_brute_force(start):
    same_as_brute_force(range(start, start + 65))


def test_equals_brute_force_by_limits_and_cuts_alone(monkeypatch):
    monkeypatch.setattr(bundles, "MOST_SETS", 0)
    same_as_brute_force(range(600, 720))


def test_equals_brute_force_when_the_need_is_fixed_instead_of_weighed(monkeypatch):
    monkeypatch.setattr(stages, "NEED_WORTH", 1)
    monkeypatch.setattr(stages, "WORTH_MOST", 0)
    same_as_brute_force(range(720, 760))


def test_equals_brute_force_with_weights_that_first_mislead(monkeypatch):
    monkeypatch.setattr(stages, "NEED_WORTH", 1)
    monkeypatch.setattr(stages, "CLASS_RATIO", 2)
    same_as_brute_force(range(760, 800))


def pinned(seed: int) -> PlanProblem:
    problem, dice = random_problem(seed), random.Random(seed)
    pairs = [Pair(a.request, g.post) for a in problem.demands for g in problem.supplies]
    return replace(problem, forbids=(), pins=tuple(dice.sample(pairs, dice.choice([1, 2]))))


def test_pins_equal_brute_force_or_contradict_it():
    kept = refused = 0
    for seed in range(800, 880):
        problem = pinned(seed)
        best = Brute(problem).best()
        if best is None:
            with pytest.raises(Contradiction, match=r"\w"):
                plan(problem)
            refused += 1
        else:
            made = plan(problem)
            assert (made.need, made.place) == best, f"seed {seed}"
            kept += 1
    assert kept >= 5
    assert refused >= 5


@pytest.mark.parametrize("seed", range(1, 4))
def test_order_of_rows_changes_nothing(seed):
    problem = seeded(LEA, seed)
    shuffled = replace(
        problem,
        demands=tuple(random.Random(seed).sample(problem.demands, len(problem.demands))),
        supplies=tuple(random.Random(seed + 1).sample(problem.supplies, len(problem.supplies))),
    )
    assert plan(problem, canonical=True) == plan(shuffled, canonical=True)


def test_the_published_plan_does_not_depend_on_the_way_of_solving(monkeypatch):
    ways = []
    for most in (6000, 0):
        monkeypatch.setattr(bundles, "MOST_SETS", most)
        ways.append([plan(random_problem(seed), canonical=True).assignments for seed in range(100, 160)])
    assert ways[0] == ways[1]


@pytest.mark.parametrize("seed", range(1, 5))
def test_no_request_envies_one_of_a_lower_class(seed):
    """Nobody unmet could be met by taking an AST's time from requests of lower classes alone."""
    problem = seeded(LEA, seed)
    made = plan(problem)
    assert envious(problem, made) == []


def envious(problem, made):

    eligibility = Eligibility(problem.ordered())
    demands = {a.request: a for a in problem.demands}
    offers = eligibility.all_offers()
    found = []
    for request in made.unmet:
        group = {a.request for a in problem.demands if same_seat(a, demands[request])} - {request}
        for offer in (o for o in offers if o.request == request and not o.half):
            held = [o for o in offers if o.post == offer.post and (o.request, o.post, o.half) in chosen(made)]
            stay = [o for o in held if demands[o.request].priority <= demands[request].priority]
            if len(stay) < len(held) and not any(a.request in group for a in made.assignments):
                schedule = Schedule.of(eligibility, problem.supply(offer.post), [*stay, offer])
                if schedule.fits([*stay, offer]):
                    found.append((request, offer.post))
    return found


def chosen(made):
    return {(a.request, a.post, a.half) for a in made.assignments}


def same_seat(one, other):
    return (one.need.host, one.need.subject) == (other.need.host, other.need.subject)


def test_more_weighted_need_than_greedy():

    exact = greedy = 0
    for seed in range(1, 7):
        problem = seeded(LEA, seed)
        best, simple = plan(problem), by_rule(problem, best_first)
        assert best.need >= simple.need
        exact += sum(best.need)
        greedy += sum(simple.need)
    assert exact > greedy
