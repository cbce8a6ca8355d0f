"""When what follows a school may be said (R-17.6). Pure."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from schools.register.lifecycle import RegisterStatus

if TYPE_CHECKING:
    from schools.register.models import School

RULE = "R-17.6"
LONGEST_BACK = timedelta(days=731)
"""How far back the first day may lie where the register does not say when the school closed."""


def school_problems(school: "School", *, for_good: bool) -> list[Problem]:
    """Only a school that closes is followed, and only one that has closed is closed for good."""
    if school.status == RegisterStatus.CLOSED or (school.status == RegisterStatus.CLOSING and not for_good):
        return []
    if school.status == RegisterStatus.CLOSING:
        words = f"{school.name} is still open. Say that it has closed for good once the register says so."
    else:
        words = f"The national register does not say that {school.name} has closed. Import the register first."
    return [Problem(words, rule=RULE, code="not-closed")]


def successor_problems(school: "School", successor: "School") -> list[Problem]:
    """The successor is another school, and open: nothing goes over before its first day."""
    if successor.pk == school.pk:
        words = "A school cannot follow itself. Choose the school that opened in its place."
    elif successor.status == RegisterStatus.PROPOSED:
        opens = f" on {date_words(successor.opened_on)}" if successor.opened_on else ""
        words = (
            f"{successor.name} has not opened yet: it opens{opens or ' later'}. From that day, when the register says "
            "so, everything can go over."
        )
    elif not successor.is_open:
        words = f"{successor.name} has closed itself. Choose a school that is open."
    else:
        return []
    return [Problem(words, "successor", RULE, "successor")]


def day_problems(school: "School", successor: "School | None", *, on: date, today: date) -> list[Problem]:
    """The first day at the successor: not to come, not before the one school closed or the other opened."""
    found = []
    if on > today:
        found.append("The day must be today or in the past. Come back on that day: nothing goes over before it.")
    if school.closed_on and on < school.closed_on:
        found.append(f"The day must be {date_words(school.closed_on)}, when {school.name} closed, or later.")
    elif not school.closed_on and on < today - LONGEST_BACK:
        found.append("The day must be within the last two years.")
    if successor and successor.opened_on and on < successor.opened_on:
        found.append(f"The day must be {date_words(successor.opened_on)}, when {successor.name} opened, or later.")
    return [Problem(words, "on", RULE, "day") for words in found[:1]]


def first_day(school: "School", successor: "School | None", *, today: date) -> date:
    """The day to offer: when the successor opened, else the day after the school closed, and not later than today."""
    after = school.closed_on + timedelta(days=1) if school.closed_on else today
    opened = successor.opened_on if successor else None
    return min(max(after, opened) if opened else after, today)
