"""What the CPD log and an offer need: pure functions (R-3.9, R-3.12)."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.words import say

if TYPE_CHECKING:
    from staff.cpd.models import CpdEntry, CpdOffer

EVALUATE_WITHIN = 14
"""Days after a visit in which it is evaluated†; then the AST is reminded."""
MOST_DAYS = Decimal(40)
"""Beyond that it is a slip of the pen†."""
LONG_AGO, FAR = 20, 2
"""Years before and after today beyond which a day is a slip of the pen†."""


def entry_problems(row: "CpdEntry", *, today: date) -> list[Problem]:
    """R-3.9: what, a likely day, days that can be, and how it keeps the AST up to date."""
    found = []
    if not row.what.strip():
        found.append(Problem("Enter what it was", "what", "R-3.9", "missing"))
    if not today.year - LONG_AGO <= row.on.year <= today.year + FAR:
        found.append(Problem("The day is far from today. Check the year.", "on", "R-3.9", "far"))
    if row.days > MOST_DAYS:
        words = f"Enter {MOST_DAYS} days or fewer. Enter something longer in parts."
        found.append(Problem(words, "days", "R-3.9", "days"))
    if row.offer_id is None and not row.keeps_up.strip():
        found.append(Problem(say("Enter how it keeps the AST up to date"), "keeps_up", "R-3.9", "missing"))
    return found


def evaluation_problems(row: "CpdEntry", evaluation: str, *, today: date) -> list[Problem]:
    """R-3.9: something is said of what has been."""
    if row.on > today:
        return [Problem("This is still to come. Evaluate it afterwards.", "", "R-3.9", "early")]
    if not evaluation.strip():
        return [Problem("Enter what came of it", "evaluation", "R-3.9", "missing")]
    return []


def offer_problems(row: "CpdOffer", *, taken: int, today: date) -> list[Problem]:
    """R-3.12: answers are wanted before the day, and there are no fewer places than are taken."""
    found = []
    if not row.title.strip():
        found.append(Problem("Enter what is offered", "title", "R-3.12", "missing"))
    if row.on < today:
        found.append(Problem("The day must be today or later", "on", "R-3.12", "past"))
    elif row.on.year > today.year + FAR:
        found.append(Problem("The day is far from today. Check the year.", "on", "R-3.12", "far"))
    if row.closes_on > row.on:
        found.append(
            Problem("The last day for answers must be the day itself or before", "closes_on", "R-3.12", "order")
        )
    if row.days > MOST_DAYS:
        found.append(Problem(f"Enter {MOST_DAYS} days or fewer", "days", "R-3.12", "days"))
    if row.places < max(taken, 1):
        words = f"{taken} places are taken already. Enter that number or more." if taken else "Enter 1 place or more"
        found.append(Problem(words, "places", "R-3.12", "places"))
    return found


def open_problems(row: "CpdOffer", *, today: date) -> list[Problem]:
    """R-3.12: the offer can still be answered."""
    if row.withdrawn_on is not None:
        return [Problem("This offer is withdrawn", "", "R-3.12", "withdrawn")]
    if row.closes_on < today:
        return [Problem("This offer is closed: the last day for answers has passed", "", "R-3.12", "closed")]
    return []


def accept_problems(row: "CpdOffer", *, taken: int, applies: bool, accepted: bool, today: date) -> list[Problem]:
    """R-3.12: it is open, meant for this AST, not accepted yet, and a place is free."""
    if found := open_problems(row, today=today):
        return found
    if accepted:
        return [Problem("You have accepted this offer already", "", "R-3.12", "twice")]
    if not applies:
        return [Problem(say("This offer is for ASTs of another subject or phase"), "", "R-3.12", "other")]
    if taken >= row.places:
        return [Problem("All places are taken", "", "R-3.12", "full")]
    return []


def take_back_problems(row: "CpdOffer", *, keeper: bool, today: date) -> list[Problem]:
    """R-3.12: an AST takes it back before the day; whoever keeps the offer also after, of somebody who did not come."""
    if not keeper and row.on <= today:
        words = say("It is too late to take this back yourself. Tell the co-ordinator if you did not take part.")
        return [Problem(words, "", "R-3.12", "late")]
    return []
