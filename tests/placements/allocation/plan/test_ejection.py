"""One request more, and at most two others move over for it."""

import pytest

from placements.allocation.plan.ejection import insert
from placements.allocation.plan.eligibility import Eligibility
from placements.allocation.plan.form import form_of, split
from placements.allocation.plan.greedy import Taken
from placements.allocation.plan.problem import Pair
from placements.allocation.problem import Slot
from tests.placements.allocation.plan.tiny import MONDAY, demand, problem, supply


def chain(pins: tuple[Pair, ...] = ()) -> Taken:
    """Only AST 1 can do request 1; AST 1 is busy with 2, AST 2 with 3, and AST 3 is free."""
    both = (("maths", 3), ("art", 3))
    supplies = [
        supply(1, 6, expertise=(("latin", 3), ("maths", 3))),
        supply(2, 6, expertise=both),
        supply(3, 6, expertise=(("art", 3),), slots=(Slot(1, 4, MONDAY),)),
    ]
    here = problem([demand(1, 6, subject="latin"), demand(2, 6), demand(3, 6, subject="art")], supplies, pins=pins)
    eligibility = Eligibility(here)
    offers = eligibility.all_offers()
    form, dates = form_of(eligibility, split(here, offers)[0], offers, None)
    taken = Taken(form, dates)
    taken.hold(form.numbers([(2, 1, False), (3, 2, False)]))
    return taken


@pytest.mark.parametrize(("longest", "found"), [(0, False), (1, False), (2, True)])
def test_as_many_move_over_as_may_and_no_more(longest, found):
    taken = chain()
    before = taken.chosen
    assert insert(taken, 1, longest) == found
    pairs = {(taken.form.offers[n].request, taken.form.offers[n].post) for n in taken.chosen}
    assert pairs == ({(1, 1), (2, 2), (3, 3)} if found else {(2, 1), (3, 2)})
    assert found or taken.chosen == before


def test_what_is_pinned_stays():
    assert not insert(chain(pins=(Pair(2, 1),)), 1)
