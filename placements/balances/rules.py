"""When an AST's time calls for somebody's attention (R-4.6, R-4.9, N15). Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from astcoord.core.wording import days_words

ENOUGH = Decimal("0.8")
"""Part of a term's outreach below which a term is short†."""
GRACE_WEEKS = 4
"""School weeks of a year's first term in which nothing is called short†: placements begin in them."""

SLOW_START, SHORTFALL, BUDGET, CAP = "slow-start", "shortfall", "budget", "cap"
TITLES = {
    SLOW_START: "Slow start",
    SHORTFALL: "Shortfall of outreach",
    BUDGET: "The year is overdrawn",
    CAP: "Days that no longer fit",
}


@dataclass(frozen=True)
class Standing:
    """One AST's term. `planned` is what has a date in the term, or would fall into it by the weeks; in days.

    `ramp`: a first post in its first term. `begun`: any outreach in the term at all. `undated` are days promised or
    contracted without a date, `room` what the weeks left to their ends still hold.
    """

    required: bool
    ramp: bool
    begun: bool
    second_half: bool
    weeks_gone: int
    first_of_year: bool
    expected: Decimal
    planned: Decimal
    remaining: Decimal
    undated: Decimal
    room: Decimal


@dataclass(frozen=True)
class Alert:
    """What is wrong, with the figures, and what to do."""

    kind: str
    words: str

    @property
    def title(self) -> str:
        return TITLES[self.kind]


def alerts(now: Standing) -> list[Alert]:
    """Outreach that is required raises alerts; a year or a cap that is passed concerns everybody."""
    found = _outreach(now) if now.required else []
    if now.remaining < 0:
        words = f"{days_words(-now.remaining)} more are given away than the year has. Take some back, or give a reason."
        found.append(Alert(BUDGET, words))
    if now.undated > now.room:
        words = (
            f"{days_words(now.undated)} have no date, and the weeks left hold {days_words(now.room)} within the weekly "
            "limit. Plan them, shorten a contract, or extend one."
        )
        found.append(Alert(CAP, words))
    return found


def _outreach(now: Standing) -> list[Alert]:
    """R-4.6: in the ramp only a slow start by the half-term; afterwards a term that is short of the full share."""
    if now.ramp:
        late = now.second_half and not now.begun
        words = (
            "No outreach is planned in this term, and its half-term has come. Some should begin as early as possible."
        )
        return [Alert(SLOW_START, words)] if late else []
    if now.first_of_year and now.weeks_gone < GRACE_WEEKS:
        return []
    if now.planned >= now.expected * ENOUGH:
        return []
    words = f"{days_words(now.planned)} of outreach fall into this term. The full share is {days_words(now.expected)}."
    return [Alert(SHORTFALL, words)]


def is_ramp(*, first_post: bool, starts_on: date | None, terms: list[tuple[date, date]], now: date, ramp: int) -> bool:
    """A first post in its first terms: those that end on or after its first day. `terms` in order."""
    if not first_post or starts_on is None:
        return False
    own = [span for span in terms if span[1] >= starts_on]
    return any(first <= now <= last for first, last in own[:ramp])
