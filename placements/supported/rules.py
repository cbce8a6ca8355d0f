"""What the people supported confirm, when they are reminded, and what stands in the contract's way (R-6.11). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from astcoord.core.problems import Problem
from astcoord.core.wording import listed, plural

COMMITMENTS = {
    "read": "Tick that you have read the protocol",
    "time": "Tick that you are ready to give extra time",
    "dialogue": "Tick that you will look back on your teaching, judge it and bring questions",
    "risks": "Tick that you will take risks",
    "alongside": "Tick that you will work alongside the AST",
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


def part_problems(part: Part) -> list[Problem]:
    """R-6.11: every commitment, and both answers in the person's own words."""
    missing = [_problem(words, "agreed") for code, words in COMMITMENTS.items() if code not in part.agreed]
    if not part.development.strip():
        missing.append(_problem("Enter what you would like to get better at", "development"))
    if not part.gain.strip():
        missing.append(_problem("Enter what you hope to gain", "gain"))
    return missing


def paper_problems(signed_on: date | None, *, today: date, speaks_for_themselves: bool) -> list[Problem]:
    """Paper is entered with its date, and never over what the person wrote through the link."""
    if speaks_for_themselves:
        return [_problem("This person has confirmed through the link. Only they can change what they wrote.", "")]
    if signed_on is None:
        return [_problem("Enter the day on which the paper was signed", "signed_on")]
    if signed_on > today:
        return [_problem("The day on which the paper was signed must be today or in the past", "signed_on")]
    return []


@dataclass(frozen=True)
class Person:
    """Somebody still to be supported; `called` is a name or initials, as the reader may know."""

    called: str
    confirmed: bool


def contract_problems(people: Iterable[Person]) -> list[Problem]:
    """R-6.11: no contract before everybody to be supported has confirmed, nor when nobody is left (R-6.12)."""
    everybody = list(people)
    if not everybody:
        return [Problem("Nobody is left to be supported. Close the placement.", rule="R-6.12", code="nobody")]
    waiting = [person.called for person in everybody if not person.confirmed]
    if not waiting:
        return []
    verb = plural(len(waiting), "has", "have")
    words = f"{listed(waiting)} {verb} not confirmed yet. Everybody to be supported confirms before the contract."
    return [Problem(words, rule="R-6.11", code="unconfirmed")]


def too_soon(last_sent: datetime | None, now: datetime) -> list[Problem]:
    """A link that has only just gone out is looked for first."""
    if last_sent is None or now - last_sent >= BETWEEN_LINKS:
        return []
    return [_problem("A link went out a few minutes ago. Ask them to look among unwanted mail, then try again.", "")]


def reminder_due(sent: date, today: date) -> int:
    """5 or 10, the days after the link was sent for which a reminder is due by now; 0 if none is.

    The day itself may be missed: the reminder then goes out on the next.
    """
    return next((days for days in REMINDERS if today >= sent + timedelta(days=days)), 0)


def _problem(message: str, field: str) -> Problem:
    return Problem(message, field=field, rule="R-6.11")
