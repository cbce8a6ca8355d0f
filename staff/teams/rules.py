"""What makes a team of ASTs: pure functions (R-3.18)."""

from collections.abc import Collection, Iterable

from astcoord.core.problems import Problem
from astcoord.core.words import say

FEWEST = 2


def team_problems(
    *, name: str, aim: str, count: int, elsewhere: Collection[str], school: str, others: Iterable[str]
) -> list[Problem]:
    """R-3.18: a name of its own, a shared aim, at least two ASTs, all with a post at the lead's school.

    `count`: members, the lead among them. `elsewhere`: names of members without a post there. `others`: names of the
    school's other teams.
    """
    found = []
    if not name.strip():
        found.append(Problem("Enter what the team is called", "name", "R-3.18", "missing"))
    elif name.strip().casefold() in {other.casefold() for other in others}:
        found.append(Problem(f"{school} has a team of this name already", "name", "R-3.18", "twice"))
    if not aim.strip():
        found.append(Problem("Enter the aim that the team shares", "aim", "R-3.18", "missing"))
    if count < FEWEST:
        found.append(Problem(say("Select at least one more AST beside the lead"), "members", "R-3.18", "few"))
    for member in elsewhere:
        words = f"{member} does not hold {say('an AST')} post at {school}, the school of the lead. Select others."
        found.append(Problem(words, "members", "R-3.18", "elsewhere"))
    return found
