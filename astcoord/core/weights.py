"""What counts when ASTs are ranked, as the policy holds it: points by part, and the longest journey (R-7.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from astcoord.core.problems import Problem
from astcoord.core.words import say_later

LIMIT = "limit_km"
"""The longest journey: kilometres, not points. From there on travel earns nothing, and a plan sends nobody."""

TOTAL = 100
"""The parts share so many points, so that a score reads as a percentage."""


@dataclass(frozen=True)
class Part:
    """One number that the co-ordinator may set. `usual` holds where the policy says nothing."""

    name: str
    title: str
    hint: str
    usual: int
    unit: str = "points"


PARTS = (
    Part("expertise", "Expertise", say_later("How strong the AST is in the subject"), 40),
    Part("key_stage", "Key stage", say_later("Whether the AST teaches the ages asked for"), 15),
    Part("travel", "Journey", "How near the home school is", 15),
    Part("capacity", "Time", "How many of the days asked for are free in those weeks", 12),
    Part("work", "Kinds of work", say_later("How much of what is asked the AST offers"), 6),
    Part("pupils", "Pupils", say_later("Whether the AST works with the pupils named"), 2),
    Part("continuity", "Knows the school", say_later("A placement there before, a feeder link or the same cluster"), 6),
    Part("load", "Share of the year still free", say_later("Spreads the work among ASTs who fit equally well"), 4),
    Part(
        LIMIT,
        "Longest journey",
        "Kilometres by road: beyond it a journey gets no points and a plan sends nobody",
        30,
        "km",
    ),
)

USUAL = {part.name: part.usual for part in PARTS}


def whole(stored: Mapping[str, int]) -> dict[str, int]:
    """Every number, the usual one where the policy says nothing."""
    return {name: stored.get(name, usual) for name, usual in USUAL.items()}


def changed(numbers: Mapping[str, int]) -> dict[str, int]:
    """Only what differs from the usual: what a policy stores."""
    return {name: numbers[name] for name, usual in USUAL.items() if numbers.get(name, usual) != usual}


def words(stored: Mapping[str, int]) -> str:
    """Such as “Expertise 40, key stage 15”, in the order in which a score shows its parts."""
    numbers = whole(stored)
    return ", ".join(f"{part.title} {numbers[part.name]}{' km' * (part.name == LIMIT)}" for part in PARTS)


def problems(stored: Mapping[str, int], *, field: str = "ranking_weights") -> list[Problem]:
    """Why these numbers cannot be used: unknown, out of range, or not 100 points in all."""
    numbers = whole(stored)
    if set(stored) - set(USUAL) or any(type(n) is not int or not 0 <= n <= TOTAL for n in numbers.values()):
        return [Problem("Each number must be a whole number from 0 to 100", field, "R-7.1", "weights")]
    found = []
    if numbers[LIMIT] == 0:
        found.append(Problem("The longest journey must be 1 km or more", field, "R-7.1", "weights"))
    total = sum(number for name, number in numbers.items() if name != LIMIT)
    if total != TOTAL:
        found.append(
            Problem(
                f"The points add up to {total}. Change them so that they add up to {TOTAL}", field, "R-7.1", "weights"
            )
        )
    return found
