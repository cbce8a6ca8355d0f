"""What a working group and its actions need: pure functions (R-3.15)."""

from collections.abc import Collection, Iterable
from datetime import date

from astcoord.core.problems import Problem
from astcoord.core.words import say

FEWEST = 2
FAR = 3 * 366
"""Days before and after today beyond which a day is a slip of the pen†."""


def group_problems(
    *, name: str, aim: str, count: int, away: Collection[str], busy: Collection[str], others: Iterable[str]
) -> list[Problem]:
    """R-3.15: a name of its own, what for, at least two ASTs.

    `away` are those chosen who are new to it and not in post; `busy` are left out and have something to do.
    """
    found = []
    if not name.strip():
        found.append(Problem("Enter what the group is called", "name", "R-3.15", "missing"))
    elif name.strip().casefold() in {other.casefold() for other in others}:
        found.append(Problem("There is a working group of this name already", "name", "R-3.15", "twice"))
    if not aim.strip():
        found.append(Problem("Enter what the group is for", "aim", "R-3.15", "missing"))
    if count < FEWEST:
        found.append(Problem(say("Select at least two ASTs"), "members", "R-3.15", "few"))
    for member in away:
        found.append(Problem(f"{member} is not in post now. Select others.", "members", "R-3.15", "away"))
    for member in busy:
        words = f"{member} has an action that is not done. Give it to somebody else first."
        found.append(Problem(words, "members", "R-3.15", "busy"))
    return found


def action_problems(
    *, text: str, due_on: date, moved: bool, member: bool, in_post: bool, ended: bool, today: date
) -> list[Problem]:
    """R-3.15: what, by whom of the group, by when; `moved` where the date is a new one."""
    if ended:
        return [Problem("This working group has ended", "", "R-3.15", "ended")]
    found = []
    if not text.strip():
        found.append(Problem("Enter what is to be done", "text", "R-3.15", "missing"))
    if not member:
        found.append(Problem("Select somebody who belongs to the group", "who", "R-3.15", "member"))
    elif not in_post:
        found.append(Problem("This person is not in post now. Select somebody else.", "who", "R-3.15", "post"))
    if moved and due_on < today:
        found.append(Problem("The day must be today or later", "due_on", "R-3.15", "past"))
    elif abs((due_on - today).days) > FAR:
        found.append(Problem("The day is far from today. Check the year.", "due_on", "R-3.15", "far"))
    return found
