"""Whole rounds of letters through one fault after the other (R-5.3).

The long ones let every lease and every wait run out by itself; `FAULTS_SEED` chooses another order.
"""

import os
from contextlib import suppress

import pytest

from tests.faults.breaking import (
    Fault,
    busy_child_killed,
    clock_ahead_and_put_right,
    idle_child_killed,
    line_breaks_after_it_was_taken,
    postgres_stopped_hard,
    redis_restarted,
    schedule,
    serve_killed,
)
from tests.faults.conftest import KINDS, LONG_ROUND, ROUND, Opened
from tests.faults.counting import require_each_once, wait_for
from tests.faults.houses import House

QUICK: dict[str, list[Fault]] = {
    "services": [busy_child_killed, redis_restarted, postgres_stopped_hard, line_breaks_after_it_was_taken],
    "serve": [idle_child_killed, clock_ahead_and_put_right, serve_killed, line_breaks_after_it_was_taken],
}


def through(house: House, faults: list[Fault], letters: int, before: int = 0) -> None:
    """The faults, spread over the round; a fault that keeps letters away for good is found by who counts afterwards."""
    for place, fault in enumerate(faults, 1):
        with suppress(AssertionError):
            wait_for(house, before + letters * place // (len(faults) + 2), seconds=200)
        fault(house)


@pytest.mark.short
@pytest.mark.parametrize("kind", KINDS)
def test_r_5_3_a_round_comes_through_what_breaks_most(open_house: Opened, kind: str) -> None:
    house = open_house(kind, ROUND)
    letters = house.send_round()
    for place, fault in enumerate(QUICK[kind], 1):
        wait_for(house, letters * place // 6)
        fault(house)
        house.minutes_pass()
    require_each_once(house, letters)


@pytest.mark.parametrize("kind", KINDS)
def test_r_5_3_five_hundred_letters_twice_through_every_fault(open_house: Opened, kind: str) -> None:
    house = open_house(kind, LONG_ROUND)
    seed = int(os.environ.get("FAULTS_SEED", "1"))
    for turn in (0, 1):
        letters = house.send_round()
        through(house, schedule(house, seed + turn, 16), letters, before=letters * turn)
        require_each_once(house, letters, rounds=turn + 1, seconds=900)
