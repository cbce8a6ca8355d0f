"""What a change of a contract in force may not do (R-8.12, R-8.15): take back what has been given. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import counted, date_words, days_words, listed
from astcoord.core.words import say

if TYPE_CHECKING:
    from placements.placement.models import Placement

SHOWN = 3
"""Single days named at most."""


@dataclass(frozen=True)
class Given:
    """What the placement's days have been given to: `used` are delivered or past, `planned` still to come."""

    used: Decimal = Decimal(0)
    used_on: tuple[date, ...] = ()
    planned: Decimal = Decimal(0)
    planned_on: tuple[date, ...] = ()

    @property
    def placed(self) -> Decimal:
        return self.used + self.planned


def extension_problems(proposed: "Placement", now: "Placement", *, today: date) -> list[Problem]:
    """R-8.15: an extension is later, longer or both, and nothing less."""
    found = []
    if proposed.ends_on and now.ends_on:
        if proposed.ends_on < now.ends_on:
            words = f"An extension ends after {date_words(now.ends_on)}. To end sooner, propose a change instead."
            found.append(Problem(words, "ends_on", "R-8.15", "not-later"))
        elif proposed.ends_on < today:
            found.append(Problem("The new last day must be today or later.", "ends_on", "R-8.15", "past"))
    if proposed.days < now.days:
        words = f"The contract is for {days_words(now.days)} already. Enter how many it shall be altogether."
        found.append(Problem(words, "days", "R-8.15", "fewer"))
    if not found and (proposed.days, proposed.ends_on) == (now.days, now.ends_on):
        found.append(Problem("Enter a later last day, more days, or both.", "ends_on", "R-8.15", "nothing"))
    return found


def given_problems(proposed: "Placement", given: Given) -> list[Problem]:
    """No change may leave outside what has happened, and days to come are moved or called off first."""
    found = []
    if proposed.days < given.used:
        words = f"{days_words(given.used)} have been given already. Enter {days_words(given.used)} or more."
        found.append(Problem(words, "days", "R-8.12", "given"))
    elif proposed.days < given.placed:
        words = (
            f"{days_words(given.placed)} are given or planned. Call off days that are planned first, or enter "
            f"{days_words(given.placed)} or more."
        )
        found.append(Problem(words, "days", "R-8.12", "planned"))
    first, last = proposed.starts_on, proposed.ends_on
    if first and given.used_on and first > min(given.used_on):
        words = f"A day was given on {date_words(min(given.used_on))}. The first day cannot be after it."
        found.append(Problem(words, "starts_on", "R-8.12", "given"))
    if last and given.used_on and last < max(given.used_on):
        words = f"A day was given on {date_words(max(given.used_on))}. The last day cannot be before it."
        found.append(Problem(words, "ends_on", "R-8.12", "given"))
    outside = [on for on in given.planned_on if (first and on < first) or (last and on > last)]
    if outside:
        words = f"{_named(outside)} would lie outside these dates. Move or call off what is planned first."
        found.append(Problem(words, "ends_on", "R-8.12", "planned"))
    return found


def room_problems(proposed: "Placement", given: Given, room: Decimal) -> list[Problem]:
    """R-4.3: what is not planned yet must fit into the AST's weeks, beside all other schools."""
    wanted = proposed.days - given.placed
    if wanted <= room:
        return []
    until = f" until {date_words(proposed.ends_on)}" if proposed.ends_on else ""
    words = (
        f"{days_words(wanted)} would still have to be planned{until}, and {say('the AST')}’s weeks have room for "
        f"{days_words(room)} on that weekday, all schools together. Choose a later last day or fewer days."
    )
    return [Problem(words, "ends_on", "R-4.3", "no-room")]


def no_budget(problems: list[Problem]) -> list[Problem]:
    """R-4.11 in words that tell a host school nothing of the AST's other schools."""
    words = say("The AST’s year has no days left for this. Enter fewer days, or speak to the co-ordinator.")
    return [Problem(words, p.field, p.rule, p.code, p.warning) if p.code == "budget" else p for p in problems]


def another_is_open(what: str) -> list[Problem]:
    """Of two changes at once nobody could say what the second one changes."""
    words = f"“{what}” is not settled yet. It has to be signed, refused or taken back before another change begins."
    return [Problem(words, rule="R-8.12", code="another")]


def written_up_meanwhile(numbers: list[str]) -> list[Problem]:
    """What has been written up stays with its objective (R-8.11)."""
    words = (
        f"Work has meanwhile been written up under objective {listed(numbers)}, which this change takes out. Say no to "
        "it, and propose a change that keeps the objective."
    )
    return [Problem(words, rule="R-8.11", code="used")]


def nothing_changes() -> list[Problem]:
    return [Problem("Nothing would change. Change something of the contract first.", rule="R-8.12", code="nothing")]


def stricter_today(cap: Decimal, cap_today: Decimal) -> list[Problem]:
    """R-16.1: the contract keeps its cap, and whoever agrees to more of it knows what today's policy says."""
    if cap <= cap_today:
        return []
    words = (
        f"This contract was signed under a limit of {days_words(cap)} a week, and keeps it. Today’s policy allows "
        f"{days_words(cap_today)}."
    )
    return [Problem(words, rule="R-16.1", code="stricter", warning=True)]


def _named(days: list[date]) -> str:
    shown = [date_words(on) for on in sorted(days)[:SHOWN]]
    more = len(days) - len(shown)
    return listed([*shown, counted(more, "other day")]) if more else listed(shown)
