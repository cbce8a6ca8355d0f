"""What an idea brought back must say, and that it names nobody who is supported (R-10.11). Pure."""

from collections.abc import Iterable

from astcoord.core.names import names_somebody
from astcoord.core.problems import Problem
from astcoord.core.words import say

LONGEST = 1000


def idea_problems(text: str, supported: Iterable[str], *, field: str = "text", needed: bool = True) -> list[Problem]:
    """`supported`: the names of the placement's people, none of whom the home school is to know."""
    if not text.strip():
        return [Problem("Enter what your own school gains", field, "R-10.11", "missing")] if needed else []
    if not names_somebody(text, supported):
        return []
    words = "This names somebody whom you support. Your own school reads it: say it without the name"
    return [Problem(words, field, "R-10.11", "names")]


def not_yours() -> Problem:
    """A placement of another AST, or one that has not begun."""
    return Problem(say("Select one of your placements that has begun"), "placement", "R-10.11", "foreign")
