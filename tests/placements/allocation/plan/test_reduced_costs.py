"""What is left out before the solver is asked: nothing that any best plan needs, and the bounds hold by themselves."""

import random
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from astcoord.bench.seeded import LEA, seeded
from placements.allocation.plan import bundles, reduced_costs, stages
from placements.allocation.plan.eligibility import Eligibility
from placements.allocation.plan.form import form_of, split
from placements.allocation.plan.highs import Watch
from placements.allocation.plan.matrix import Matrix, vector
from placements.allocation.plan.model import Model
from placements.allocation.plan.neighbourhood import improve
from placements.allocation.plan.reduced_costs import maximise
from placements.allocation.plan.result import Status
from placements.allocation.plan.solve import plan
from tests.placements.allocation.plan.brute import Brute
from tests.placements.allocation.plan.tiny import demand, problem, random_problem, supply


@pytest.mark.parametrize("seed", range(40))
def test_any_duals_whatever_give_bounds_that_hold(seed):
    dice = random.Random(seed)
    size = 6
    rows = [
        ({c: dice.randint(-3, 5) for c in dice.sample(range(size), 3)}, dice.choice([-np.inf, -2]), dice.randint(0, 5))
        for _ in range(4)
    ]
    costs = {c: dice.randint(-5, 20) for c in range(size)}
    matrix = Matrix.of(size, rows)
    duals = np.array([dice.uniform(-4, 4) for _ in rows])
    bound, reduced = matrix.priced(vector(size, costs), duals)
    for values in product((0, 1), repeat=size):
        kept = all(low <= sum(v * values[c] for c, v in terms.items()) <= high for terms, low, high in rows)
        assert matrix.kept(np.array(values, np.float64)) == kept
        if kept:
            worth = sum(costs[c] * values[c] for c in range(size))
            assert worth <= bound + 1e-6
            assert all(worth <= bound + min(reduced[c], 0) + 1e-6 for c in range(size) if values[c])


@pytest.mark.parametrize("start", range(2000, 2120, 60))
def test_equals_brute_force_from_the_narrowest_first_question(monkeypatch, start):
    monkeypatch.setattr(reduced_costs, "FIRST", 1)
    for seed in range(start, start + 60):
        here = random_problem(seed)
        made = plan(here, canonical=True)
        assert (made.need, made.place) == Brute(here).best(), f"seed {seed}"
        assert made.canonical


def test_what_is_ruled_out_is_in_no_best_solution():
    ruled_out = 0
    for seed in range(2200, 2240):
        here = random_problem(seed).ordered()
        eligibility = Eligibility(here)
        offers = eligibility.all_offers()
        for members in split(here, offers):
            form, dates = form_of(eligibility, members, offers, lambda: None)
            model = Model.of(form, dates)
            free = maximise(model, model.place(), Watch.seconds(60))
            for column in np.flatnonzero(~free.alive):
                use = [({int(column): 1}, 1, 1)]
                forced = maximise(model, model.place(), Watch.seconds(60), keep=use)
                assert forced.infeasible or forced.value < free.value
                ruled_out += 1
    assert ruled_out > 20


@pytest.mark.parametrize("first", [0, 1, 10**6])
def test_no_solution_is_told_from_none_among_the_first_columns(monkeypatch, first):
    monkeypatch.setattr(reduced_costs, "FIRST", first)
    here = problem([demand(1, 4), demand(2, 4), demand(3, 2)], [supply(1)])
    eligibility = Eligibility(here)
    offers = eligibility.all_offers()
    form, dates = form_of(eligibility, split(here, offers)[0], offers, lambda: None)
    for must, possible in (({1, 2}, False), ({1, 3}, True)):
        model = Model.of(replace(form, must=frozenset(must)), dates)
        for objective in ({}, model.place()):
            found = maximise(model, objective, Watch.seconds(60))
            assert found.optimal
            assert found.infeasible != possible


def test_the_first_question_is_never_the_last_word(monkeypatch):
    """Asked over a handful of columns and over all at once, the plan is the same."""
    here = seeded(LEA, 4)
    narrow = plan(here, canonical=True)
    monkeypatch.setattr(reduced_costs, "FIRST", 10**6)
    assert narrow.assignments == plan(here, canonical=True).assignments


def test_ties_are_broken_the_same_way_by_weighing_and_by_fixing(monkeypatch):
    weighed = [plan(random_problem(seed), canonical=True).assignments for seed in range(2300, 2330)]
    monkeypatch.setattr(stages, "TIED_MOST", 0)
    assert weighed == [plan(random_problem(seed), canonical=True).assignments for seed in range(2300, 2330)]


def test_a_neighbourhood_never_makes_a_plan_worse_and_finds_the_best_of_a_small_one():
    better = 0
    for seed in range(2400, 2440):
        here = random_problem(seed).ordered()
        eligibility = Eligibility(here)
        offers = eligibility.all_offers()
        for members in split(here, offers):
            form, dates = form_of(eligibility, members, offers, lambda: None)
            model = Model.of(form, dates)
            best = maximise(model, model.place(), Watch.seconds(60))
            found = improve(model, model.place(), (), Watch.seconds(60))
            assert 0 <= form.place(found) == best.value
            better += best.value > 0
    assert better > 20


def test_limits_take_over_where_pairs_abound_and_the_plan_is_the_same(monkeypatch):
    problems = [random_problem(seed) for seed in range(2500, 2540)]
    counted = [plan(here, canonical=True).assignments for here in problems]
    monkeypatch.setattr(bundles, "MOST_PAIRS", 0)
    assert counted == [plan(here, canonical=True).assignments for here in problems]


@pytest.mark.parametrize("seed", range(2600, 2620))
def test_out_of_time_for_weighing_alone_the_plan_is_proved_class_by_class(monkeypatch, seed):
    monkeypatch.setattr(Watch, "share", lambda watch, part: Watch.seconds(60 if part > 0.4 else 0))
    here = random_problem(seed)
    made = plan(here)
    assert made.status == Status.PROVED
    assert (made.need, made.place) == Brute(here).best()
