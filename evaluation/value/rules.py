"""What an entered cost must say, what a day has cost, and which sums are too small to be shown (R-11.13). Pure."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from astcoord.core.problems import Problem
from astcoord.core.suppression import SMALLEST_GROUP
from astcoord.core.words import say

LONGEST = 300
PENNY = Decimal("0.01")


def cost_problems(amount: Decimal | None, covers: str) -> list[Problem]:
    """A sum, and what it was for: a bare number cannot be compared with another."""
    found = []
    if amount is None or amount < 0:
        found.append(Problem(say("Enter what the placement cost in pounds"), "amount", "R-11.13", "missing"))
    if not covers.strip():
        found.append(Problem("Enter what the cost covers, such as cover and travel", "covers", "R-11.13", "missing"))
    return found


def a_day(cost: Decimal | None, days: Decimal) -> Decimal | None:
    """Pounds for one day; None where no cost is entered or no day was given: nothing is divided by nothing.

    >>> a_day(Decimal(2000), Decimal(10))
    Decimal('200.00')
    """
    if cost is None or days <= 0:
        return None
    return (cost / days).quantize(PENNY, ROUND_HALF_UP)


def kept_back(sizes: Sequence[int]) -> set[int]:
    """Of lines that add up to a total, those that are not shown, by their place; `len(sizes)` is the total itself.

    A line of one or two would tell of persons (section G). So would the total, if the lines beside it left no more
    than one or two over. A line of nothing hides nothing.

    >>> kept_back([4, 2]), kept_back([2, 1, 5]), kept_back([2])
    ({1, 2}, {0, 1}, {0, 1})
    """
    small = {place for place, size in enumerate(sizes) if 0 < size < SMALLEST_GROUP}
    left = sum(sizes[place] for place in small)
    return small | {len(sizes)} if 0 < left < SMALLEST_GROUP else small
