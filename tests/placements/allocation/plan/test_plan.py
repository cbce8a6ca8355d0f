"""What a plan does with days, blocks, halves, pins, time limits and bad input."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from astcoord.bench.seeded import COUNTY, LEA, seeded
from placements.allocation.plan.check import check
from placements.allocation.plan.problem import Cancelled, Contradiction, Pair, Rules
from placements.allocation.plan.result import Status
from placements.allocation.plan.solve import OutOfTime, plan
from placements.allocation.problem import Horizon, Slot, UndatedDays
from tests.placements.allocation.plan.tiny import MONDAY, calendar, demand, problem, random_problem, supply


def met(made) -> set[int]:
    return {a.request for a in made.assignments}


def dates(made, request: int) -> list[date]:
    return [v.on for a in made.of(request) for v in a.outreach_days]


def test_r_4_3_one_day_a_week_over_all_placements():
    made = plan(problem([demand(1, 3), demand(2, 3), demand(3, 3)], [supply(weekdays=(1, 3))]))
    assert len(met(made)) == 2  # six weeks, six days, although Tuesdays and Thursdays are both free
    weeks = [on - timedelta(days=on.weekday()) for a in made.assignments for on in dates(made, a.request)]
    assert len(set(weeks)) == len(weeks) == 6


def test_r_4_3_two_half_days_in_a_week_are_one_day():
    made = plan(problem([demand(1, 3), demand(2, 3)], [supply(weekdays=(1, 3), share=2)]))
    assert met(made) == {1, 2}
    assert {v.quarters for a in made.assignments for v in a.outreach_days} == {2}


def test_r_4_3_days_already_dated_or_promised_count():
    dated = tuple((MONDAY + timedelta(weeks=w, days=1), 4) for w in (0, 1))
    promises = (UndatedDays(MONDAY, MONDAY + timedelta(weeks=7), 8),)
    assert met(plan(problem([demand(1, 2)], [supply(dated=dated, undated=promises)]))) == {1}
    assert met(plan(problem([demand(1, 3)], [supply(dated=dated, undated=promises)]))) == set()


def test_r_4_4_blocks_use_whole_half_terms_only():
    late = MONDAY + timedelta(days=1)
    one = problem([demand(1, 3, first=late)], [supply()], rules=Rules(blocks=True))
    _, (_, second) = calendar()
    assert all(second.first <= on <= second.last for on in dates(plan(one), 1))
    assert met(plan(problem([demand(1, 4, first=late)], [supply()], rules=Rules(blocks=True)))) == set()


def test_r_4_5_with_averaging_a_half_term_holds_its_weeks():
    first = MONDAY + timedelta(days=4)
    here = problem(
        [demand(1, 2, last=first), demand(2, 4, last=MONDAY + timedelta(days=18))], [supply(weekdays=(1, 3))]
    )
    assert met(plan(here)) == set()
    averaged = replace(here, horizon=replace(here.horizon, averaged=True))
    assert met(plan(averaged)) == {1}  # two days in one week; a fourth day would pass the half-term's three


def test_r_4_10_no_pattern_no_placement():
    assert met(plan(problem([demand()], [supply(weekdays=())]))) == set()


def test_r_4_11_the_year_and_the_category_hold():
    assert met(plan(problem([demand(1, 2), demand(2, 2)], [supply(days=3)]))) in ({1}, {2})
    rooms = supply(rooms=(("cluster", 4),))
    assert met(plan(problem([demand(1, 2, category="cluster"), demand(2, 2)], [rooms]))) == {2}


def test_r_6_7_and_r_6_8_what_policy_blocks_is_never_planned():
    assert met(plan(problem([demand(1, 1, blocked="special measures"), demand(2, 1)], [supply()]))) == {2}


def test_r_7_8_a_request_in_two_halves_by_two_asts():
    made = plan(problem([demand(1, 8, halves=True)], [supply(1), supply(2)]))
    assert [(a.post, a.quarters, a.half) for a in made.of(1)] == [(1, 16, True), (2, 16, True)]
    assert met(plan(problem([demand(1, 8)], [supply(1), supply(2)]))) == set()


def test_dates_keep_away_from_closed_days_and_other_weekdays():
    closed = frozenset({MONDAY + timedelta(days=1)})
    made = plan(problem([demand(1, 5, weekdays=frozenset({1}), closed=closed)], [supply(weekdays=(1, 2))]))
    assert len(dates(made, 1)) == 5
    assert all(on.weekday() == 1 and on not in closed for on in dates(made, 1))


def test_priority_comes_before_everything_else():
    made = plan(problem([demand(1, 6, priority=2, waiting=5), demand(2, 1, priority=1)], [supply()]))
    assert met(made) == {2}


def test_an_ast_who_leaves_gives_nothing_afterwards():
    leaves = MONDAY + timedelta(weeks=1, days=4)
    assert met(plan(problem([demand(1, 2)], [supply(leaves=leaves)]))) == {1}
    assert met(plan(problem([demand(1, 3)], [supply(leaves=leaves)]))) == set()


def test_a_plan_stays_close_to_the_last_one():
    here = problem([demand(1, 2)], [supply(1), supply(2)])
    for post in (1, 2):
        assert plan(replace(here, previous=(Pair(1, post),))).of(1)[0].post == post


def test_empty_problems_are_proved_at_once():
    nothing = plan(problem([], []))
    assert (nothing.status, nothing.assignments, nothing.gap) == (Status.PROVED, (), 0)
    assert plan(problem([demand(1)], [])).unmet == (1,)
    assert plan(problem([], [supply()])).assignments == ()
    assert plan(replace(problem([demand(1)], [supply()]), horizon=Horizon(()))).unmet == (1,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pins": (Pair(1, 1), Pair(1, 2))}, "Several ASTs are pinned to request R00001"),
        ({"pins": (Pair(1, 1),), "forbids": (Pair(1, 1),)}, "both pinned to and ruled out"),
        ({"pins": (Pair(9, 1),)}, "not open in this plan"),
        ({"pins": (Pair(1, 9),)}, "who is not in this plan"),
        ({"pins": (Pair(3, 1),)}, "does not list the subject"),
        ({"pins": (Pair(1, 1), Pair(2, 1))}, "has not enough days for requests R00001, R00002"),
        ({"pins": (Pair(4, 1), Pair(5, 2))}, "One school would get several ASTs"),
        ({"pins": (Pair(1, 3),)}, "cannot be pinned to request R00001: not enough free days"),
    ],
)
def test_contradictory_pins_are_refused_in_clear_words(change, words):
    demands = [
        demand(1, 4),
        demand(2, 4),
        demand(3, 1, subject="latin"),
        demand(4, 1, host=950),
        demand(5, 1, host=950),
    ]
    here = problem(demands, [supply(1), supply(2), supply(3, days=1)], **change)
    with pytest.raises(Contradiction, match=words) as found:
        plan(here)
    assert found.value.clashes[0].requests


def test_pins_that_only_clash_together_are_named_and_no_others():
    """AST 1 and AST 2 each pinned to half of request 1, while pins fill AST 2's weeks; request 3 has no part in it."""
    demands = [demand(1, 8, halves=True), demand(2, 4, host=950), demand(3, 2, host=950), demand(4, 1)]
    pins = (Pair(2, 1), Pair(3, 1), Pair(1, 2), Pair(4, 3))
    supplies = [supply(1), supply(2), supply(3, days=1)]
    with pytest.raises(Contradiction, match="cannot all be kept") as found:
        plan(problem(demands, supplies, pins=pins))
    assert 4 not in found.value.clashes[0].requests
    assert 1 in found.value.clashes[0].requests


@pytest.mark.parametrize(
    ("demands", "supplies", "words"),
    [
        ([demand(1, 0)], [], "asks for no days"),
        ([demand(1, last=MONDAY - timedelta(days=1))], [], "ends before it begins"),
        ([demand(1), demand(1)], [], "listed 2 times"),
        ([demand(1, priority=0)], [], "no priority class"),
        ([demand(1)], [supply(slots=(Slot(9, 4, MONDAY),))], "weekly pattern of AST 1 is impossible"),
        ([demand(1)], [supply(share=8)], "weekly pattern of AST 1 is impossible"),
    ],
)
def test_facts_that_make_no_sense_are_refused(demands, supplies, words):
    with pytest.raises(Contradiction, match=words):
        plan(problem(demands, supplies))


def test_a_pattern_on_a_day_without_school_is_pointed_out():
    made = plan(problem([demand(1)], [supply(weekdays=(6,))]))
    assert made.unmet == (1,)
    assert "no free school day" in made.warnings[0]


def test_pairs_ruled_out_that_no_longer_exist_are_pointed_out_and_do_no_harm():
    made = plan(problem([demand(1)], [supply()], forbids=(Pair(77, 1),)))
    assert met(made) == {1}
    assert "no longer in the plan" in made.warnings[0]


def test_calling_off_stops_a_plan_wherever_it_is():
    for after in (0, 3, 20, 60):
        calls = iter(range(10_000))
        with pytest.raises(Cancelled):
            plan(seeded(LEA, 3), cancelled=lambda calls=calls, after=after: next(calls) >= after)


def test_progress_is_told():
    heard = []
    plan(seeded(LEA, 2), progress=heard.append)
    assert {word.stage for word in heard} == {"reading", "solving"}
    assert all(word.part <= word.parts for word in heard)


def test_out_of_time_means_the_best_so_far_with_its_gap():
    here = seeded(COUNTY, 3)
    none = plan(here, time_limit=0)
    some = plan(here, time_limit=2)
    for made in (none, some):
        assert made.status == Status.TIMED_OUT
        assert not made.reproducible
        assert made.gap > 0
        assert check(here, made) == []
        assert any(not part.proved for part in made.parts)
        assert all(level.met <= level.bound <= level.asked for level in made.levels)
    assert some.need >= none.need
    assert made.assignments


def test_bounds_of_a_plan_out_of_time_hold_against_the_proved_one():
    here = seeded(LEA, 3)
    best, hasty = plan(here), plan(here, time_limit=0)
    assert hasty.levels[0].bound >= best.levels[0].met >= hasty.levels[0].met
    assert hasty.place_bound >= hasty.place


def test_out_of_time_with_pins_that_no_simple_rule_can_keep():
    demands = [demand(1, 4, host=950, halves=True), demand(2, 6)]
    here = problem(demands, [supply(1), supply(2), supply(3)], pins=(Pair(1, 1), Pair(1, 2), Pair(2, 3)))
    assert met(plan(here)) == {1, 2}
    with suppress(OutOfTime):  # which says so, where not even a first plan was found
        assert met(plan(here, time_limit=0)) == {1, 2}


def test_a_pin_is_planned_again_from_the_plan_that_is_there():
    here = seeded(LEA, 5)
    before = plan(here)
    free = next(r for r in before.unmet for g in here.supplies if _could(here, r, g.post))
    post = next(g.post for g in here.supplies if _could(here, free, g.post))
    pinned = replace(here, pins=(Pair(free, post),))
    again = plan(pinned, start=before)
    assert Pair(free, post) in again.pairs
    afresh = plan(pinned)
    assert (again.need, again.place) == (afresh.need, afresh.place)


def _could(here, request: int, post: int) -> bool:
    try:
        plan(replace(here, demands=(here.demand(request),), supplies=(here.supply(post),), pins=(Pair(request, post),)))
    except Contradiction:
        return False
    return True


def test_parts_that_a_change_does_not_touch_are_taken_over():
    far = [demand(n, 2, subject=f"s{n}") for n in range(1, 5)]
    supplies = [supply(n, expertise=((f"s{n}", 3),)) for n in range(1, 5)]
    here = problem(far, supplies)
    before = plan(here)
    again = plan(replace(here, forbids=(Pair(2, 2),)), start=before)
    assert [part.reused for part in again.parts].count(True) == 3
    assert again.unmet == (2,)


@pytest.mark.parametrize("seed", range(200, 230))
def test_starting_from_any_plan_gives_the_same_value(seed):
    here, other = random_problem(seed), random_problem(seed)
    start = plan(replace(other, demands=other.demands[:2]))
    again, afresh = plan(here, start=start), plan(here)
    assert (again.need, again.place) == (afresh.need, afresh.place)
