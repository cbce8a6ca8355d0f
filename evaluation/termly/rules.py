"""What a termly meeting and its decisions need (R-20.8). Pure."""

from collections.abc import Sequence
from datetime import date

from astcoord.core.problems import Problem

RULE = "R-20.8"


def meeting_problems(items: Sequence[str], *, taken: bool) -> list[Problem]:
    """Something to talk about, and one meeting on a day."""
    found = []
    if taken:
        words = "There is a termly meeting on this day already. Choose another day, or change that one."
        found.append(Problem(words, "on", RULE, "taken"))
    if not items:
        found.append(Problem("Enter what is to be talked about", "agenda", RULE, "missing"))
    return found


def decision_problems(due_on: date | None, *, today: date) -> list[Problem]:
    """Each is to be done by a day that is still to come."""
    if due_on is None:
        return [Problem("Enter by when it is to be done", "due_on", RULE, "missing")]
    if due_on < today:
        return [Problem("The day by which it is to be done must be today or later", "due_on", RULE, "past")]
    return []
