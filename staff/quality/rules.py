"""What a QA visit needs: pure functions (R-3.7, R-3.8)."""

from collections.abc import Collection, Sequence
from datetime import date

from astcoord.core.problems import Problem
from astcoord.core.words import say

FAR = 366
"""Days ahead beyond which a visit is a slip of the pen†."""


def day_problems(on: date, *, today: date, starts_on: date | None, ends_on: date | None) -> list[Problem]:
    """R-3.7: a visit lies ahead, not too far, while the AST is in post."""
    if on < today:
        return [Problem("The day of the visit must be today or later", "on", "R-3.7", "past")]
    if (on - today).days > FAR:
        return [Problem("The day of the visit is more than a year ahead. Check the year.", "on", "R-3.7", "far")]
    if starts_on is None or on < starts_on or (ends_on is not None and on > ends_on):
        return [Problem(say("The AST is not in post on that day. Enter another day."), "on", "R-3.7", "post")]
    return []


def visitor_problems(visitor: int, *, ast: int, may: Collection[int]) -> list[Problem]:
    """R-3.7: the co-ordinator or a consultant of the group, and nobody visits themselves. Numbers are of accounts."""
    if visitor == ast or visitor not in may:
        words = say("Select the co-ordinator or a consultant for one of the AST’s subjects")
        return [Problem(words, "visitor", "R-3.7", "visitor")]
    return []


def done_problems(on: date, *, today: date) -> list[Problem]:
    """A visit that lies ahead has not taken place."""
    if on > today:
        return [Problem("The day of the visit is still to come. Change the day first.", "", "R-3.7", "early")]
    return []


def report_problems(*, outcome: str, strengths: str, actions: str, scale: Sequence[str]) -> list[Problem]:
    """R-3.7, R-3.8: an outcome of the authority’s scale, what was good, what is to be done."""
    found = []
    if outcome not in scale:
        found.append(Problem("Select the outcome", "outcome", "R-3.8", "scale"))
    if not strengths.strip():
        found.append(Problem("Enter what was good", "strengths", "R-3.7", "missing"))
    if not actions.strip():
        words = "Enter what is to be done, or that nothing is"
        found.append(Problem(words, "actions", "R-3.7", "missing"))
    return found
