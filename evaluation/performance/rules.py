"""What an outreach judgement needs: pure functions (R-12.2, R-12.4)."""

from collections.abc import Sequence

from astcoord.core.problems import Problem
from astcoord.core.words import say


def begin_problems(*, in_post: bool, begun: bool, drafted: bool) -> list[Problem]:
    """R-12.2: one draft at a time, of an AST who was in post in a school year that has begun."""
    if not begun:
        return [Problem("That school year has not begun", "", "R-12.2", "year")]
    if not in_post:
        return [Problem(say("The AST is not in post in that school year"), "", "R-12.2", "post")]
    if drafted:
        return [Problem("A draft has been begun already. Open it from the list.", "", "R-12.2", "begun")]
    return []


def issue_problems(*, judgement: str, development: str, unjudged: Sequence[str]) -> list[Problem]:
    """R-12.2, R-12.4: judged as a whole and against each target; what the AST needs to develop is compulsory."""
    found = [
        Problem(f"Say how far this target is reached, and what shows it: “{text}”", "", "R-12.2", "target")
        for text in unjudged
    ]
    if not judgement.strip():
        found.append(Problem("Enter what is judged of the outreach as a whole", "judgement", "R-12.2", "missing"))
    if not development.strip():
        words = say("Enter what the AST needs to develop in the role of an AST")
        found.append(Problem(words, "development", "R-12.4", "missing"))
    return found


def share_words(asts: int, issued: int) -> str:
    """R-12.2: the coverage of a school year.

    >>> share_words(10, 4)
    '10 ASTs, 4 issued: 40%'
    """
    noun = say("AST") if asts == 1 else say("ASTs")
    return f"{asts} {noun}, {issued} issued: {round(100 * issued / asts)}%" if asts else say("There is no AST in post.")
