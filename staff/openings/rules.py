"""What a post needs before it opens, as pure functions (R-1.4, R-2.1)."""

from datetime import date

from astcoord.core.problems import Problem


def decision_problems(
    *, decided_on: date | None, minute: str, responsible_for: str, starts_on: date, today: date
) -> list[Problem]:
    """R-1.4: a post opens on the governors' recorded decision to have an AST, and for what."""
    found = []
    if decided_on is None:
        words = "A post needs the decision of the school’s governors: enter its date"
        found.append(Problem(words, "governors_decided_on", "R-1.4", "undecided"))
    elif decided_on > today:
        words = "The date of the governors’ decision must be today or in the past"
        found.append(Problem(words, "governors_decided_on", "R-1.4"))
    elif decided_on > starts_on:
        words = "The governors’ decision must be on or before the first day in post"
        found.append(Problem(words, "governors_decided_on", "R-1.4"))
    if not minute.strip():
        found.append(Problem("Enter where the governors’ decision is minuted", "governors_minute", "R-1.4"))
    if not responsible_for.strip():
        found.append(Problem("Enter what the AST is responsible for", "responsible_for", "R-1.4"))
    return found
