"""What an entry on the list of aspirants must say, and when one may be taken off it (R-2.22). Pure."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.words import say
from staff.aspirants.lifecycle import OffReason

if TYPE_CHECKING:
    from staff.aspirants.models import Aspirant

EARLIEST = date(1998, 9, 1)
"""There were no ASTs before."""
OFF = "{} is off the list already. Reload the page to see what happened."


def listed_problems(new: "Aspirant", others: Iterable["Aspirant"], today: date) -> list[Problem]:
    """A name, a day that has come, and nobody twice; `others` are those of the school who are not off the list."""
    found = []
    if not new.name.strip():
        found.append(Problem("Enter the teacher’s name", "name", "R-2.22", "missing"))
    if new.since > today:
        found.append(Problem("The day must be today or in the past", "since", "R-2.22", "to-come"))
    elif new.since < EARLIEST:
        found.append(Problem(say("The day is long before there were ASTs. Check the year."), "since", "R-2.22", "far"))
    if any(_same(other.name, new.name) and other.subject == new.subject for other in others):
        words = "This teacher is on the list already for this subject. Change that entry instead."
        found.append(Problem(words, "name", "R-2.22", "twice"))
    return found


def _same(one: str, other: str) -> bool:
    """Equal but for capitals and spaces."""
    return one.casefold().split() == other.casefold().split()


def confirm_problems(row: "Aspirant") -> list[Problem]:
    """Only one who waits is put on the list; twice is once."""
    if row.off_on is not None:
        return [Problem(OFF.format(row.name), "", "R-2.22", "off")]
    return []


def off_problems(row: "Aspirant", *, because: str, has_post: bool, same_school: bool) -> list[Problem]:
    """Why, and for a candidate no other school's candidature."""
    if row.off_on is not None:
        return [Problem(OFF.format(row.name), "", "R-2.22", "off")]
    if not because:
        return [Problem("Select why", "because", "R-2.22", "missing")]
    if has_post and because != OffReason.CANDIDATE:
        words = "Leave the post empty, unless the teacher became a candidate for it"
        return [Problem(words, "post", "R-2.22", "post")]
    if has_post and not same_school:
        return [Problem("Choose a post at the teacher’s own school", "post", "R-2.22", "school")]
    return []
