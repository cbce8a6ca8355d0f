"""An AST's year in days: what it is divided into, what is given away, what is left (R-4.2, R-4.11). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from astcoord.core.problems import Problem
from astcoord.core.wording import QUARTER, days_words
from astcoord.core.words import say

ZERO = Decimal(0)
UNALLOCATED = "Unallocated"
"""What the authority has given to no use (R-4.2): Leicester's 3 of 38 days."""


@dataclass(frozen=True)
class Category:
    """One use of the year: the days set aside for it, and those given away."""

    name: str
    budget: Decimal = ZERO
    taken: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        return self.budget - self.taken

    @property
    def overdrawn_words(self) -> str:
        """R-4.11: overdrawing a use warns."""
        return f"“{self.name}” is overdrawn by {days_words(-self.left)}. The year as a whole decides what is refused."


@dataclass(frozen=True)
class Balance:
    """Where an AST's year stands: sums of ledger entries, and what is promised under no contract yet.

    `other` is work that belongs to no placement, `inreach` the time at the AST's own school that counts, `to_come`
    the days with a date that nobody has written up, `delivered` those that somebody has.
    """

    budget: Decimal = ZERO
    contracted: Decimal = ZERO
    promised: Decimal = ZERO
    other: Decimal = ZERO
    inreach: Decimal = ZERO
    to_come: Decimal = ZERO
    delivered: Decimal = ZERO

    @property
    def taken(self) -> Decimal:
        """What is given away, by contract, promise, other work or inreach."""
        return self.contracted + self.promised + self.other + self.inreach

    @property
    def remaining(self) -> Decimal:
        """How many days are left: nobody has been given or promised them. There is no other answer."""
        return self.budget - self.taken


def divided(uses: Sequence[tuple[str, Decimal]], *, budget: Decimal, days_per_year: Decimal) -> dict[str, Decimal]:
    """R-4.2: a year's budget by use, as the authority divides a whole year; in quarters, and never more than it has.

    >>> divided([("LA deployment", Decimal(24))], budget=Decimal(19), days_per_year=Decimal(38))
    {'LA deployment': Decimal('12.00')}
    """
    share = budget / days_per_year
    return {name: (days * share / QUARTER).quantize(Decimal(1), rounding=ROUND_FLOOR) * QUARTER for name, days in uses}


def over_budget(left: Decimal, days: Decimal, *, year: str = "this year", field: str = "days") -> list[Problem]:
    """R-4.11: nothing may take more days than the year has left."""
    if days <= left:
        return []
    return [
        Problem(
            f"{say('This AST')} has {days_words(left)} left {year}, and this needs {days_words(days)}. "
            f"Ask for fewer days, or choose {say('another AST')}.",
            field=field,
            rule="R-4.11",
            code="budget",
        )
    ]


def overdrawn(category: Category | None, days: Decimal, *, field: str = "days") -> list[Problem]:
    """R-4.11: a use may be overdrawn while the year has days; whoever does it is told."""
    if category is None or days <= category.left:
        return []
    return [
        Problem(
            f"“{category.name}” has {days_words(category.left)} left this year, and this needs {days_words(days)}. "
            f"{say('The co-ordinator')} can move days that are set aside for nothing else.",
            field=field,
            rule="R-4.11",
            code="category",
            warning=True,
        )
    ]


def move_problems(
    categories: Iterable[Category], *, source: str, target: str, days: Decimal, reason: str
) -> list[Problem]:
    """R-4.2: between two uses, no more than the first has set aside, in quarters, and with a reason."""
    had = {each.name: each.budget for each in categories}
    if source == target:
        return [Problem("Choose two different uses", "target", "R-4.2", "same")]
    found = []
    if days <= 0 or days % QUARTER:
        found.append(Problem("Days must be more than 0 and in quarters, like 0.5 or 1.25", "days", "R-4.2", "step"))
    elif days > had.get(source, ZERO):
        words = f"“{source}” has {days_words(had.get(source, ZERO))}. Move that or less."
        found.append(Problem(words, "days", "R-4.2", "more-than-there-is"))
    if not reason.strip():
        found.append(Problem("Say why the days are moved", "reason", "R-4.2", "reason"))
    return found


def at_least(shares: dict[int, Decimal], floors: dict[int, Decimal]) -> dict[int, Decimal]:
    """The same days in all, with no year below its floor as long as the others can spare something."""
    found = {year: shares.get(year, ZERO) for year in {**shares, **floors}}
    for year in sorted(floors):
        wanted = floors[year] - found[year]
        for other in sorted(found):
            if wanted <= 0:
                break
            spare = min(wanted, found[other] - floors.get(other, ZERO)) if other != year else ZERO
            if spare > 0:
                found[other] -= spare
                found[year] += spare
                wanted -= spare
    return found
