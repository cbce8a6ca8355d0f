"""How well an AST suits a need: one score of parts, shared by the ranking and by every plan built on it (R-7.1)."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from placements.allocation.problem import AstFacts, Need, Spot

ROAD = 1.3
"""Roads are about a third longer than the straight line."""

LEVELS = {3: 1.0, 2: 0.75, 1: 0.4}
KEY_STAGES = ("fs", "ks1", "ks2", "ks3", "ks4", "post16")
NEXT_TO = 0.4
"""The worth of knowing the key stage beside the one asked for."""

EVERY_PUPIL = "all"
EDITION = "2026-1"
"""The usual points as they stand in `Weights`: a change there is a new edition."""

NEUTRAL = 0.5
"""What travel counts where a school's place is not known: neither near nor far."""


@dataclass(frozen=True)
class Weights:
    """Points of each part; they add up to 100, so that a score reads as a percentage.

    Expertise leads, because nothing makes up for it; then the age of the pupils. Travel and free time come next:
    a long drive or a thin week makes a placement fail later. The rest decides between equals.
    `limit_km` is the longest journey: at it travel earns nothing, and no plan sends anybody further.
    """

    expertise: float = 40
    key_stage: float = 15
    travel: float = 15
    capacity: float = 12
    work: float = 6
    pupils: float = 2
    continuity: float = 6
    load: float = 4
    limit_km: float = 30

    @classmethod
    def of(cls, changed: Mapping[str, float]) -> "Weights":
        """These, with what the policy says differently."""
        return cls(**changed)

    @cached_property
    def most(self) -> dict[str, float]:
        """Points by part, in the order in which they are shown."""
        return {name: getattr(self, name) for name in PARTS}

    @cached_property
    def version(self) -> str:
        """Names these very numbers: the edition of the usual ones, with a fingerprint where the policy has its own.

        Equal numbers have an equal version, so that a match or a plan says by which it was made.
        """
        if self == Weights():
            return EDITION
        numbers = json.dumps({name: float(number) for name, number in asdict(self).items()}, sort_keys=True)
        return f"{EDITION}+{hashlib.sha256(numbers.encode()).hexdigest()[:8]}"


PARTS = ("expertise", "key_stage", "travel", "capacity", "work", "pupils", "continuity", "load")


class Score(NamedTuple):
    """The sum of all parts to one decimal, the exact points of each part in the order of `PARTS`, and the journey."""

    total: float
    exact: tuple[float, ...]
    km: float | None

    @property
    def points(self) -> tuple[float, ...]:
        """The points of each part to one decimal, as they are shown and kept."""
        return tuple(round(part, 1) for part in self.exact)


def kilometres(one: Spot | None, other: Spot | None) -> float | None:
    """The journey by road, estimated from the straight line; None where a place is not known."""
    if one is None or other is None:
        return None
    return ROAD * math.hypot(one.easting - other.easting, one.northing - other.northing) / 1000


def score(need: Need, ast: AstFacts, free: int, weights: Weights) -> Score:
    """Score one AST who may be chosen. `free` is what fits into the wanted weeks, in quarters of a day."""
    km = kilometres(need.spot, ast.spot)
    nearness = NEUTRAL if km is None else max(0.0, 1 - km / weights.limit_km)
    work = _met(need.work_types, ast.work_types)
    pupils = 1.0 if EVERY_PUPIL in ast.pupil_groups else _met(need.pupil_groups, ast.pupil_groups)
    exact = (
        weights.expertise * LEVELS.get(ast.level, 0.0),
        weights.key_stage * key_stage_share(need.key_stages, ast.key_stages),
        weights.travel * nearness,
        weights.capacity * capacity_share(need, ast, free),
        weights.work * work,
        weights.pupils * pupils,
        weights.continuity * continuity_share(ast),
        weights.load * (1 - min(ast.committed / ast.budget, 1.0) if ast.budget else 0.0),
    )
    return Score(round(sum(exact), 1), exact, km)


@lru_cache(maxsize=4096)
def key_stage_share(wanted: tuple[str, ...], offered: frozenset[str]) -> float:
    """1 where all are taught, 0.4 for each that is only next to one that is."""
    if not wanted:
        return 1.0
    return sum(_key_stage(code, offered) for code in wanted) / len(wanted)


def _key_stage(code: str, offered: frozenset[str]) -> float:
    if code in offered:
        return 1.0
    place = KEY_STAGES.index(code) if code in KEY_STAGES else -9
    beside = {KEY_STAGES[n] for n in (place - 1, place + 1) if 0 <= n < len(KEY_STAGES)}
    return NEXT_TO if beside & offered else 0.0


def capacity_share(need: Need, ast: AstFacts, free: int) -> float:
    """The part of the days asked for that the AST can give."""
    return min(1.0, usable(ast, free) / need.quarters) if need.quarters else 1.0


def usable(ast: AstFacts, free: int) -> int:
    """Quarters that both the weeks and the year have room for."""
    return min(free, ast.left)


def continuity_share(ast: AstFacts) -> float:
    """Knowing the school counts in full, belonging to its cluster or feeder schools half."""
    return 1.0 if ast.been_there else 0.5 if ast.link else 0.0


@lru_cache(maxsize=4096)
def _met(wanted: tuple[str, ...], offered: frozenset[str]) -> float:
    return len(offered.intersection(wanted)) / len(wanted) if wanted else 1.0
