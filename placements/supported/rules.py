"""What the people supported confirm, when they are reminded, and what stands in the contract's way (R-6.11). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import listed, plural
from astcoord.core.words import say, say_later
from placements.supported.lifecycle import Commitment

if TYPE_CHECKING:
    from placements.supported.models import SupportedStaff

COMMITMENTS: dict[str, str] = {
    Commitment.READ: "Tick that you have read the protocol",
    Commitment.TIME: "Tick that you are ready to give extra time",
    Commitment.DIALOGUE: "Tick that you will look back on your teaching, judge it and bring questions",
    Commitment.RISKS: "Tick that you will take risks",
    Commitment.ALONGSIDE: say_later("Tick that you will work alongside the AST"),
}
"""All are needed, and the words for one that is missing."""

REMINDERS = (10, 5)
"""Days after the link was sent†, the later first."""

BETWEEN_LINKS = timedelta(minutes=10)
"""How soon a link may be sent again to the same address†: a mailbox is not to be filled by a nervous finger."""


@dataclass(frozen=True)
class Part:
    """What one person's form says."""

    agreed: tuple[str, ...]
    development: str
    gain: str
    yes: bool = False
    """Yes to the objectives whose digest is `seen`."""
    seen: str = ""


def part_problems(part: Part) -> list[Problem]:
    """R-6.11: every commitment, and both answers in the person's own words."""
    missing = [Problem(words, "agreed", "R-6.11") for code, words in COMMITMENTS.items() if code not in part.agreed]
    if not part.development.strip():
        missing.append(Problem("Enter what you would like to get better at", "development", "R-6.11"))
    if not part.gain.strip():
        missing.append(Problem("Enter what you hope to gain", "gain", "R-6.11"))
    return missing


def paper_problems(signed_on: date | None, *, today: date, speaks_for_themselves: bool) -> list[Problem]:
    """Paper is entered with its date, and never over what the person wrote through the link."""
    if speaks_for_themselves:
        words = "This person has confirmed through the link. Only they can change what they wrote."
        return [Problem(words, rule="R-6.11")]
    if signed_on is None:
        return [Problem("Enter the day on which the paper was signed", "signed_on", "R-6.11")]
    if signed_on > today:
        return [Problem("The day on which the paper was signed must be today or in the past", "signed_on", "R-6.11")]
    return []


def contract_problems(people: Iterable["SupportedStaff"], *, names: bool, again: bool = False) -> list[Problem]:
    """R-6.11, R-8.11: no contract before everybody to be supported has confirmed and said yes to the objectives, nor
    when nobody is left (R-6.12).

    `people` without those who have withdrawn; by initials where the reader may not see `names`. A contract that goes
    out `again` with other objectives asks them again, and work does not begin before their yes.
    """
    everybody = list(people)
    if not everybody:
        return [Problem(say("Nobody is left to be supported. Close the placement."), rule="R-6.12", code="nobody")]
    return unsaid_problems(everybody, names=names, again=again)


def unsaid_problems(everybody: Iterable["SupportedStaff"], *, names: bool, again: bool = False) -> list[Problem]:
    """Who has not confirmed, or not said yes to the objectives (R-6.11, R-8.11)."""
    everybody, found = list(everybody), []
    if waiting := [p.name if names else p.initials for p in everybody if p.confirmed_at is None]:
        verb = plural(len(waiting), "has", "have")
        words = f"{listed(waiting)} {verb} not confirmed yet. Everybody to be supported confirms before the contract."
        found.append(Problem(words, rule="R-6.11", code="unconfirmed"))
    owing = [p.name if names else p.initials for p in everybody if p.confirmed_at and p.owes_a_yes]
    if owing and not again:
        verb = plural(len(owing), "has", "have")
        words = f"{listed(owing)} {verb} not said yes to the objectives as they stand. They can on their own page."
        found.append(Problem(words, rule="R-8.11", code="no-yes"))
    return found


def not_called(called: bool) -> list[Problem]:
    """R-6.11: nobody is asked before there is a meeting at which it is talked over."""
    words = "The preliminary meeting has not been called yet. People are asked when it has."
    return [] if called else [Problem(words, rule="R-6.11", code="not-called")]


def overtaken(seen: str, now: str) -> list[Problem]:
    """R-8.11: a yes is to the words that stand."""
    if seen == now:
        return []
    words = "The objectives have changed since you opened this page. Read them again before you say yes."
    return [Problem(words, "yes", "R-8.11", "overtaken")]


def too_soon(last_sent: datetime | None, now: datetime) -> list[Problem]:
    """A link that has only just gone out is looked for first."""
    if last_sent is None or now - last_sent >= BETWEEN_LINKS:
        return []
    words = "A link went out a few minutes ago. Ask them to look among unwanted mail, then try again."
    return [Problem(words, rule="R-6.11")]


def reminder_due(sent: date, today: date) -> int:
    """5 or 10, the days after the link was sent for which a reminder is due by now; 0 if none is.

    The day itself may be missed: the reminder then goes out on the next.
    """
    return next((days for days in REMINDERS if today >= sent + timedelta(days=days)), 0)
