"""What a round, a proposal and an endorsement must say, and who gets a place (R-2.13 to R-2.16, R-2.19)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from astcoord.core.policy_choices import RANGE_LENGTH
from astcoord.core.problems import Problem
from astcoord.core.wording import counted, date_words
from astcoord.core.words import say

if TYPE_CHECKING:
    from staff.secondments.models import Proposal, SecondmentRound

LATEST = 366
"""Days ahead beyond which a closing day is a slip of the pen."""


def round_problems(row: "SecondmentRound", *, closed_on: date | None, today: date) -> list[Problem]:
    """R-2.13: days in order, phases, questions. `closed_on` is the closing day of a round that is over already."""
    found = []
    if row.closes_on < row.opens_on:
        found.append(Problem("The closing day must be the same as or after the first", "closes_on", "R-2.13", "order"))
    elif (row.closes_on - today).days > LATEST or (row.opens_on - today).days > LATEST:
        found.append(Problem("The closing day is far from today. Check the year.", "closes_on", "R-2.13", "far"))
    elif closed_on is not None and row.closes_on != closed_on:
        words = f"This round closed on {date_words(closed_on)}. Use “Open it again”, which asks why."
        found.append(Problem(words, "closes_on", "R-2.13", "closed"))
    if not row.phases:
        found.append(Problem("Select at least one phase whose schools may propose", "phases", "R-2.13", "phases"))
    if not row.question_list:
        found.append(Problem("Enter at least one question", "questions", "R-2.13", "questions"))
    return found


def reopening_problems(row: "SecondmentRound", *, closes_on: date, reason: str, today: date) -> list[Problem]:
    """R-2.13: after the closing day, to a day that is still to come, with the reason."""
    found = []
    if row.closes_on >= today:
        found.append(Problem("This round has not closed. Change its closing day instead.", "", "R-2.13", "open"))
    if closes_on < today:
        found.append(Problem("The new closing day must be today or later", "closes_on", "R-2.13", "past"))
    elif (closes_on - today).days > LATEST:
        found.append(Problem("The closing day is far from today. Check the year.", "closes_on", "R-2.13", "far"))
    if not reason.strip():
        found.append(Problem("Enter why it is opened again", "reason", "R-2.13", "reason"))
    return found


def open_problems(row: "SecondmentRound", *, phase: str, today: date) -> list[Problem]:
    """R-2.13: from the first day to the closing day, both included, and for the round's phases."""
    if today < row.opens_on:
        return [Problem(f"This round opens on {date_words(row.opens_on)}", "", "R-2.13", "early")]
    if today > row.closes_on:
        words = (
            f"This round closed on {date_words(row.closes_on)}. Ask {say('the co-ordinator')}, "
            "who alone can open it again."
        )
        return [Problem(words, "", "R-2.13", "late")]
    if phase not in row.phases:
        return [Problem("This round is for schools of other phases", "school", "R-2.13", "phase")]
    return []


def range_problems(start: int | None, *, first: int, last: int) -> list[Problem]:
    """R-2.19: five points inside those of secondments: of 1 to 9 it starts at 5 at the latest."""
    latest = last - RANGE_LENGTH + 1
    if start is None:
        return [Problem("Enter the lowest point of the pay range", "range_start", "R-2.19", "missing")]
    if not first <= start <= latest:
        words = (
            f"A pay range has {RANGE_LENGTH} points within {first} to {last}: "
            f"enter a lowest point from {first} to {latest}"
        )
        return [Problem(words, "range_start", "R-2.19", "range")]
    return []


def whole_problems(proposal: "Proposal", *, first: int, last: int) -> list[Problem]:
    """What a proposal needs before it is submitted. Other funding may be declared later (R-2.20)."""
    found = range_problems(proposal.range_start, first=first, last=last)
    needed: tuple[tuple[str, object, str], ...] = (
        ("aspirant_name", proposal.aspirant_name.strip(), "Enter the teacher’s name"),
        ("aspirant_email", proposal.aspirant_email.strip(), "Enter the teacher’s e-mail address"),
        ("subjects", proposal.subjects, "Select at least one subject"),
        ("current_salary", proposal.current_salary is not None, "Enter the teacher’s present salary"),
        ("pay_fit", proposal.pay_fit.strip(), "Say how the range fits between your best-paid teacher and your leaders"),
    )
    found += [Problem(words, name, "R-2.13", "missing") for name, there, words in needed if not there]
    for number, question in enumerate(proposal.round.question_list, start=1):
        if not proposal.answer_to(question):
            found.append(Problem(f"Answer question {number}: {question}", f"answer_{number}", "R-2.13", "answer"))
    return found


def endorsement_problems(*, met_aspirant: str, met_head: str) -> list[Problem]:
    """R-2.14: the adviser has observed, or talked with, both the teacher and the head."""
    words = "Say how you came to know the {}. Endorse the proposal only when you have met both."
    pairs = (("met_aspirant", met_aspirant, "teacher"), ("met_head", met_head, "headteacher"))
    return [Problem(words.format(who), name, "R-2.14", "met") for name, said, who in pairs if not said]


def approval_problems(proposal: "Proposal") -> list[Problem]:
    """R-2.14: nothing is approved that the school's adviser has not endorsed."""
    if proposal.endorsed_on is None or not proposal.endorsed:
        words = "The school’s adviser has not endorsed this proposal, so it cannot be approved"
        return [Problem(words, "decision", "R-2.14", "unendorsed")]
    return []


def has_place(*, taken: int, ahead: int, most: int) -> bool:
    """R-2.16: a place is left once those who wait longer have had theirs.

    >>> [has_place(taken=taken, ahead=ahead, most=12) for taken, ahead in ((11, 0), (12, 0), (11, 1))]
    [True, False, False]
    """
    return taken + ahead < most


def still_full(*, taken: int, ahead: Sequence[str], most: int) -> list[Problem]:
    """Why somebody on the waiting list has to wait on."""
    if taken >= most:
        words = f"All {counted(most, 'place')} are taken. It stays on the waiting list until one comes free."
        return [Problem(words, "decision", "R-2.16", "full")]
    if taken + len(ahead) >= most:
        words = f"{ahead[0]} has waited longer. Decide on that proposal first."
        return [Problem(words, "decision", "R-2.16", "ahead")]
    return []


def twice_problems(others: Iterable["Proposal"], *, email: str) -> list[Problem]:
    """One teacher has one proposal of a school in a round."""
    if any(other.aspirant_email.casefold() == email.strip().casefold() for other in others if email.strip()):
        words = "There is a proposal for this teacher already. Change that one instead."
        return [Problem(words, "aspirant_email", "R-2.13", "twice")]
    return []
