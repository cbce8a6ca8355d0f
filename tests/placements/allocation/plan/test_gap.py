"""The solver on generalised-assignment instances with known optima: invented twins here, published ones where present.

The published files stay outside the repository: `../shared/data/gap` beside it, or the folder named by
ASTCOORD_GAP_DATA. With ASTCOORD_SLOW=1 the large ones and the other direction run too (some minutes).
"""

import os
import random
from itertools import product
from pathlib import Path

import pytest

from tests import SHARED_DATA
from tests.placements.allocation.plan import generalised as gap

HERE = Path(__file__).parent / "gap"
DATA = Path(os.environ.get("ASTCOORD_GAP_DATA", SHARED_DATA / "gap"))
SLOW = bool(os.environ.get("ASTCOORD_SLOW"))
PATIENCE = 600
"""Seconds, for a machine that does other things as well: a proof takes a few on one that does not."""
TOO_HARD = {"c10200_Min", "c10400_Max", "c10400_Min", "c20200_Max", "c20200_Min"}
"""Not proved within a minute on one thread; the value must then lie between its own bounds."""


def optima(folder: Path) -> dict[str, int]:
    """Instance and direction to optimum, where lower and upper agree."""
    if not (folder / "optima.txt").exists():
        return {}
    rows = (line.split() for line in (folder / "optima.txt").read_text().splitlines() if line.strip())
    return {name: int(lower) for name, lower, upper in rows if lower == upper}


PUBLISHED = optima(DATA)
ALWAYS = [name for name in PUBLISHED if ("_" in name[:-4] and name.endswith("Max")) or name.startswith("a")]
LATER = [name for name in PUBLISHED if name not in ALWAYS and name not in TOO_HARD]


def solved(folder: Path, name: str, time_limit: float) -> gap.Answer:
    stem, direction = name.rsplit("_", 1)
    return gap.solve(gap.read(folder / f"{stem}.txt"), largest=direction == "Max", time_limit=time_limit)


TWINS = optima(HERE)
assert TWINS, f"the invented twins are gone from {HERE}"


@pytest.mark.parametrize("name", TWINS)
def test_invented_twins_reach_their_planted_optimum(name):
    answer = solved(HERE, name, PATIENCE)
    assert (answer.value, answer.complete, answer.proved) == (TWINS[name], True, True)


@pytest.mark.skipif(not PUBLISHED, reason=f"no published instances in {DATA}")
@pytest.mark.parametrize("name", ALWAYS)
def test_published_instances_reach_their_optimum(name):
    answer = solved(DATA, name, PATIENCE)
    assert (answer.value, answer.complete, answer.proved) == (PUBLISHED[name], True, True)


@pytest.mark.skipif(not PUBLISHED, reason=f"no published instances in {DATA}")
@pytest.mark.skipif(not SLOW, reason="large instances: set ASTCOORD_SLOW=1")
@pytest.mark.parametrize("name", LATER)
def test_large_published_instances_reach_their_optimum(name):
    answer = solved(DATA, name, 300)
    assert (answer.value, answer.complete, answer.proved) == (PUBLISHED[name], True, True)


@pytest.mark.parametrize("seed", range(12))
def test_small_instances_equal_brute_force(seed):
    dice = random.Random(seed)
    agents, jobs = 3, 7
    numbers = [agents, jobs, *(dice.randint(10, 40) for _ in range(agents * jobs))]
    numbers += [dice.randint(5, 25) for _ in range(agents * jobs)]
    instance = gap.parse([*numbers, *(dice.randint(35, 60) for _ in range(agents))])
    totals = [
        sum(instance.cost[a][j] for j, a in enumerate(choice))
        for choice in product(range(agents), repeat=jobs)
        if all(
            sum(instance.use[a][j] for j in range(jobs) if choice[j] == a) <= instance.capacity[a]
            for a in range(agents)
        )
    ]
    for largest in (False, True):
        answer = gap.solve(instance, largest=largest)
        assert answer.complete == bool(totals)
        if totals:
            assert answer.value == (max if largest else min)(totals)


def test_a_file_that_is_cut_off_is_refused():
    with pytest.raises(ValueError, match="cut off"):
        gap.parse([2, 2, 1, 2, 3])
