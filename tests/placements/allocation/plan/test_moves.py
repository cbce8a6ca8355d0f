"""One request more, and at most two others move over for it."""

import pytest

from placements.allocation.plan.form import form_of, split
from placements.allocation.plan.funnel import Funnel
from placements.allocation.plan.greedy import Taken
from placements.allocation.plan.moves import squeeze
from placements.allocation.plan.problem import Pair
from placements.allocation.problem import Slot
from tests.placements.allocation.plan.tiny import MONDAY, ask, giver, problem


def chain(pins: tuple[Pair, ...] = ()) -> Taken:
    """Only AST 1 can do request 1; AST 1 is busy with 2, AST 2 with 3, and AST 3 is free."""
    both = (("maths", 3), ("art", 3))
    givers = [
        giver(1, 6, expertise=(("latin", 3), ("maths", 3))),
        giver(2, 6, expertise=both),
        giver(3, 6, expertise=(("art", 3),), slots=(Slot(1, 4, MONDAY),)),
    ]
    here = problem([ask(1, 6, subject="latin"), ask(2, 6), ask(3, 6, subject="art")], givers, pins=pins)
    funnel = Funnel(here)
    offers = funnel.all_offers()
    form, dates = form_of(funnel, split(here, offers)[0], offers, None)
    taken = Taken(form, dates)
    taken.hold(form.numbers([(2, 1, False), (3, 2, False)]))
    return taken


@pytest.mark.parametrize(("moves", "found"), [(0, False), (1, False), (2, True)])
def test_as_many_move_over_as_may_and_no_more(moves, found):
    taken = chain()
    before = taken.chosen
    assert squeeze(taken, 1, moves) == found
    pairs = {(taken.form.offers[n].request, taken.form.offers[n].post) for n in taken.chosen}
    assert pairs == ({(1, 1), (2, 2), (3, 3)} if found else {(2, 1), (3, 2)})
    assert found or taken.chosen == before


def test_what_is_pinned_stays():
    assert not squeeze(chain(pins=(Pair(2, 1),)), 1)
