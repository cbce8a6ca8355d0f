"""What a note of the office needs. Pure."""

from astcoord.core.problems import Problem


def note_problems(text: str, *, for_office: bool) -> list[Problem]:
    """R-20.3: it says something, and stands on the first page of somebody who reads it."""
    found = [] if text.strip() else [Problem("Enter what to know, or to do", "text", "R-20.3", "missing")]
    return found if for_office else [*found, Problem("Select somebody in the office", "owner", "R-20.3", "owner")]
