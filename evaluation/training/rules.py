"""When a statement on training is due, and what one needs: pure functions (R-1.8)."""

from datetime import date

from astcoord.core.problems import Problem
from astcoord.core.words import say


def due_on(year_begins: date, autumn_ends: date | None) -> date:
    """The end of the autumn term; the last day of the calendar year where no terms are entered†."""
    return autumn_ends or date(year_begins.year, 12, 31)


def statement_problems(*, statement: str, year_begins: date, today: date, again: bool, employs: bool) -> list[Problem]:
    """R-1.8: it says something, of a school year that has begun and in which the school has an AST, once for each."""
    found = []
    if not statement.strip():
        words = say("Enter how the training plan meets the needs of the school’s ASTs")
        found.append(Problem(words, "statement", "R-1.8", "missing"))
    if year_begins > today:
        found.append(Problem("That school year has not begun", "year", "R-1.8", "year"))
    elif not employs:
        found.append(Problem(say("The school has no AST in post in that school year"), "school", "R-1.8", "none"))
    if again:
        found.append(Problem("There is a statement for this school year already. Change that one.", "year", "R-1.8"))
    return found
