"""What makes a visit of the co-ordinator: pure functions (R-3.22)."""

from datetime import date
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem

if TYPE_CHECKING:
    from staff.office_visits.models import OfficeVisit

LONGEST_BACK = 3 * 366
"""Days back beyond which a visit is a slip of the pen†."""


def visit_problems(visit: "OfficeVisit", *, twice: bool, today: date) -> list[Problem]:
    """R-3.22: a visit that was made, with what came of it; `twice`: it is logged already."""
    found = []
    if visit.on > today:
        words = "The day of the visit must be today or in the past. Log the visit when it has been made."
        found.append(Problem(words, "on", "R-3.22", "future"))
    elif (today - visit.on).days > LONGEST_BACK:
        words = "The day of the visit is more than three years ago. Check the year."
        found.append(Problem(words, "on", "R-3.22", "far"))
    elif twice:
        words = "This visit is logged already. Look at the list, or enter another day."
        found.append(Problem(words, "on", "R-3.22", "twice"))
    if not visit.outcome.strip():
        found.append(Problem("Enter what came of the visit", "outcome", "R-3.22", "missing"))
    return found
