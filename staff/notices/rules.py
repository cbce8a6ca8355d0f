"""What a notice needs: pure functions (R-3.20)."""

from datetime import date
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem

if TYPE_CHECKING:
    from staff.notices.models import Notice

LONGEST = 366
"""Days that a notice can be shown†: news grows old."""


def notice_problems(row: "Notice", *, before: date | None, today: date) -> list[Problem]:
    """A title, a text, and days in order that are not over. `before`: the first day that it had, which may stay."""
    found = []
    if not row.title.strip():
        found.append(Problem("Enter the title", "title", "R-3.20", "missing"))
    if not row.text.strip():
        found.append(Problem("Enter what you want to say", "text", "R-3.20", "missing"))
    if row.starts_on != before and row.starts_on < today:
        found.append(Problem("The first day must be today or later", "starts_on", "R-3.20", "past"))
    if row.ends_on < row.starts_on:
        found.append(Problem("The last day must be the first day or later", "ends_on", "R-3.20", "order"))
    elif row.ends_on < today:
        found.append(Problem("The last day must be today or later", "ends_on", "R-3.20", "past"))
    elif (row.ends_on - row.starts_on).days > LONGEST:
        found.append(Problem("A notice is shown for a year at most. Check the years.", "ends_on", "R-3.20", "long"))
    return found
