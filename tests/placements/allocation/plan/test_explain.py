"""Why a request is not met, what would meet it, why an AST was chosen, and what-ifs that touch nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from astcoord.bench.seeded import LEA, seeded
from placements.allocation.exclusions import Exclusion
from placements.allocation.plan.changes import AddAst, FreePair, MoreDays, OnLeave
from placements.allocation.plan.explain import explain
from placements.allocation.plan.problem import Pair
from placements.allocation.plan.solve import plan
from placements.allocation.plan.whatif import newcomer, what_if
from placements.allocation.problem import Spot
from tests.placements.allocation.plan.tiny import MONDAY, demand, problem, supply

FAR = Spot(460000, 330000)


def why(here, request: int = 1):
    found = explain(here, plan(here), request).unmet
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("here", "exclusion"),
    [
        (problem([demand(1, blocked="policy")], [supply()]), Exclusion.POLICY),
        (problem([demand(1, subject="latin")], [supply()]), Exclusion.NO_EXPERTISE),
        (problem([demand(1, host=1)], [supply()]), Exclusion.OWN_SCHOOL),
        (problem([demand(1, key_stages=("post16",))], [supply()]), Exclusion.KEY_STAGE),
        (problem([demand(1)], [supply(spot=FAR)]), Exclusion.TOO_FAR),
        (problem([demand(1)], [supply(barred="home")]), Exclusion.AST_BARRED),
        (problem([demand(1)], [supply(declined=frozenset({1}))]), Exclusion.ASKED_ALREADY),
        (problem([demand(1)], [supply(weekdays=())]), Exclusion.NO_PATTERN),
        (problem([demand(1)], [supply(days=0)]), Exclusion.NO_DAYS),
        (problem([demand(1)], [supply(rooms=(("", 0),))]), Exclusion.CATEGORY),
        (problem([demand(1, weekdays=frozenset({4}))], [supply()]), Exclusion.WEEKDAYS),
        (problem([demand(1, 9)], [supply()]), Exclusion.SHORT),
        (problem([demand(1)], [supply()], forbids=(Pair(1, 1),)), Exclusion.FORBIDDEN),
    ],
)
def test_each_exclusion_is_named(here, exclusion):
    found = why(here)
    assert found.excluded == ((exclusion, 1),)
    assert found.main == exclusion
    assert found.outranked is None
    assert exclusion.words


def test_outranked_names_exactly_what_meeting_it_would_cost():
    here = problem([demand(1, 6, priority=3), demand(2, 4, priority=1), demand(3, 2, priority=2)], [supply()])
    found = why(here, 1)
    assert found.able == (1,)
    assert found.outranked.possible
    assert found.outranked.lost == (2, 3)
    assert found.outranked.need_change == ((1, -160), (2, -80), (3, 240))


@pytest.mark.parametrize(
    ("here", "text"),
    [
        (problem([demand(1, weekdays=frozenset({4}))], [supply()]), "The school could take visits on Tuesdays"),
        (problem([demand(1, 8)], [supply(1), supply(2)]), "Two ASTs could share the days, half each"),
        (
            problem([demand(1, 4, last=MONDAY + timedelta(days=18))], [supply()]),
            "The visits could go on until 11 December 2026",
        ),
        (problem([demand(1, 3)], [supply(days=2)]), "2 days would do"),
        (problem([demand(1, 3)], [supply(days=2)]), "1 day more from AST 1"),
        (problem([demand(1)], [supply(spot=FAR)]), "An AST may come 9 km further than the limit"),
        (problem([demand(1)], [supply()], forbids=(Pair(1, 1),)), "AST 1 allowed again for request R00001"),
        (problem([demand(1, weekdays=frozenset({4}))], [supply()]), "AST 1 could go out on Fridays"),
    ],
)
def test_the_smallest_changes_that_would_meet_it(here, text):
    assert text in [remedy.text for remedy in why(here).remedies]


def test_a_remedy_takes_nothing_from_anybody_and_does_what_it_says():
    checked = 0
    for seed in (1, 2):
        here = seeded(LEA, seed)
        made = plan(here)
        for request in made.unmet[:12]:
            for remedy in explain(here, made, request).unmet.remedies:
                kept = replace(
                    here, demands=tuple(a for a in here.demands if a.request not in made.unmet or a.request == request)
                )
                assert what_if(kept, plan(kept), [remedy.change]).plan.unmet == ()
                checked += 1
    assert checked


def test_why_this_ast_and_who_else_wanted_the_person():
    near, far = supply(1), supply(2, spot=Spot(448000, 330000))
    here = problem([demand(1, 6, priority=2), demand(2, 6, priority=1), demand(3, 6, priority=3)], [near, far])
    made = plan(replace(here, pins=(Pair(1, 2),)))
    found = explain(replace(here, pins=(Pair(1, 2),)), made, 1).chosen[0]
    assert (found.post, found.place, found.of, found.pinned) == (2, 2, 2, True)
    assert [(b.post, b.busy_with) for b in found.better] == [(1, (2,))]
    assert [(w.request, w.met) for w in found.wanted_by] == [(3, False), (2, True)]


def test_every_request_of_a_plan_can_be_explained():
    here = problem([demand(n, 2, priority=1 + n % 3) for n in range(1, 9)], [supply(1), supply(2)])
    made = plan(here)
    found = [explain(here, made, request) for request in range(1, 9)]
    assert [e.request for e in found] == list(range(1, 9))
    assert all((e.unmet is None) == bool(made.of(e.request)) for e in found)


def test_unknown_requests_are_not_explained():
    here = problem([demand(1)], [supply()])
    with pytest.raises(KeyError):
        explain(here, plan(here), 99)


def test_what_if_shows_gains_and_losses_and_touches_nothing():
    here = problem([demand(1, 6), demand(2, 6, priority=1)], [supply(1)])
    made = plan(here)
    found = what_if(here, made, [AddAst(supply(2))])
    assert (found.gained, found.lost, found.need_change) == ((1,), (), ((1, 0), (3, 240)))
    assert made == plan(here)
    assert len(here.supplies) == 1
    gone = what_if(here, made, [OnLeave(1, MONDAY, MONDAY + timedelta(days=4))])
    assert (gone.gained, gone.lost, gone.quarters_change) == ((), (2,), -24)


def test_lifting_a_ban_or_a_pin_gives_the_old_plan_back():
    here = problem([demand(1, 6), demand(2, 6, priority=1)], [supply(1)])
    pair = Pair(2, 1)
    assert FreePair(pair).apply(replace(here, forbids=(pair,))) == here
    assert FreePair(pair).apply(replace(here, pins=(pair,))) == here


def test_days_given_back_come_from_what_was_kept_for_other_things():
    away = frozenset(MONDAY + timedelta(weeks=w, days=1) for w in range(3))
    here = problem([demand(1, 4)], [supply(away=away, days=3)])
    assert plan(here).unmet == (1,)
    assert what_if(here, plan(here), [MoreDays(1, 4)]).gained == (1,)


def test_one_more_ast_would_meet_what_nobody_can():
    demands = [demand(1, 4, subject="latin", priority=2), demand(2, 4, subject="greek", priority=1), demand(3, 2)]
    here = problem(demands, [supply()])
    made = plan(here)
    found = what_if(here, made, [AddAst(newcomer(here, made, "greek", 24))])
    assert (found.changes, found.gained, found.lost) == (("One more AST in greek",), (2,), ())
