"""What a page of guidance needs: pure functions (R-3.19)."""

from astcoord.core.problems import Problem


def page_problems(*, title: str, text: str) -> list[Problem]:
    """R-3.19: a title and a text."""
    found = []
    if not title.strip():
        found.append(Problem("Enter the title", "title", "R-3.19", "missing"))
    if not text.strip():
        found.append(Problem("Enter the text", "text", "R-3.19", "missing"))
    return found
