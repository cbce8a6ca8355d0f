"""When another share of time may be asked for, and what it does to the year's days (R-4.7). Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, number
from placements.days.rules.time import to_quarter

if TYPE_CHECKING:
    from placements.variations.models import TimeVariation


def asked_problems(
    new: "TimeVariation", others: Iterable["TimeVariation"], *, usual: Decimal, today: date
) -> list[Problem]:
    """A share other than the usual, for days to come, with a reason, and not twice for the same days.

    `others` are the AST's variations that wait or are in force.
    """
    found = []
    if not 0 <= new.share <= 1:
        found.append(Problem("The share must be between 0 and 100 per cent", "share", "R-4.7", "range"))
    elif new.share == usual:
        words = f"{number(usual * 100)} per cent is the share that holds anyway. Enter another."
        found.append(Problem(words, "share", "R-4.7", "usual"))
    if not new.reason.strip():
        found.append(Problem("Say why", "reason", "R-4.7", "reason"))
    if new.ends_on < new.starts_on:
        found.append(Problem("The last day must be the same as or after the first", "ends_on", "R-4.7", "order"))
    elif new.ends_on < today:
        found.append(Problem("The last day has passed. Enter a later one.", "ends_on", "R-4.7", "past"))
    for other in others:
        if other.starts_on <= new.ends_on and new.starts_on <= other.ends_on:
            words = (
                f"A share of {other.percent} has been asked for or agreed from {date_words(other.starts_on)} to "
                f"{date_words(other.ends_on)}. Withdraw that first, or choose other days."
            )
            found.append(Problem(words, "starts_on", "R-4.7", "twice"))
    return found


def answer_problems(yes: bool, reason: str, *, other: int | None, by: int) -> list[Problem]:
    """A no says why, and the two agreements are two people's. `other` is who has agreed for the other side."""
    if not yes and not reason.strip():
        return [Problem("Say why you refuse", "reason", "R-4.7", "reason")]
    if yes and other == by:
        words = "You have agreed for the other side already. Somebody else has to agree here."
        return [Problem(words, "answer", "R-4.7", "twice")]
    return []


def change_of_budget(
    *, days_per_year: Decimal, weeks: Sequence[Decimal], weeks_in_year: int, share: Decimal, usual: Decimal
) -> Decimal:
    """Days that a year has more or fewer while the share is another (R-4.7), in quarters; `weeks` has each week's FTE.

    >>> change_of_budget(days_per_year=Decimal(38), weeks=[Decimal(1)] * 12, weeks_in_year=38,
    ...     share=Decimal("0.10"), usual=Decimal("0.20"))
    Decimal('-6.00')
    """
    if weeks_in_year <= 0:
        return Decimal(0)
    lost = to_quarter(abs(days_per_year * sum(weeks) / weeks_in_year * (share / usual - 1)))
    return lost if share > usual else -lost
