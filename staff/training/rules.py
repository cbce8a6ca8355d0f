"""What a training that is recorded needs, and who can be training co-ordinator: pure functions (R-3.11, R-3.21)."""

from collections.abc import Collection
from datetime import date

from astcoord.core.problems import Problem
from astcoord.core.words import say
from staff.training.lifecycle import Topic

LONG_AGO = 20
"""Years before which a training is a slip of the pen†."""


def recorded_problems(
    topics: Collection[str], on: date, *, today: date, held: Collection[str], in_post: bool
) -> list[Problem]:
    """R-3.11: topics that are not recorded yet, of a day that has been, of somebody who is an AST."""
    if not in_post:
        return [Problem(say("This person is not an AST now, so nothing is recorded any more."), "", "R-3.11", "post")]
    if not topics:
        return [Problem("Select what the training was about", "topics", "R-3.11", "missing")]
    if twice := [topic for topic in topics if topic in held]:
        words = f"“{Topic(twice[0]).label}” is recorded already. Take that off first if its day is wrong."
        return [Problem(words, "topics", "R-3.11", "twice")]
    if on > today:
        return [Problem("The day of the training must be today or in the past", "on", "R-3.11", "future")]
    if on.year < today.year - LONG_AGO:
        words = f"The day of the training is more than {LONG_AGO} years ago. Check the year."
        return [Problem(words, "on", "R-3.11", "past")]
    return []


def named_problems(account: int, *, may: Collection[int], held: int | None) -> list[Problem]:
    """R-3.21: a consultant or an AST, who does not hold it already. Numbers are of accounts."""
    if account not in may:
        return [Problem(say("Select a consultant or an AST"), "user", "R-3.21", "who")]
    if account == held:
        return [Problem(say("This person is the training co-ordinator already"), "user", "R-3.21", "twice")]
    return []
