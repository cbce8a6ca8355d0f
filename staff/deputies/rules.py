"""What it takes to stand in for somebody in the office (R-20.9). Pure."""

from dataclasses import dataclass
from datetime import date

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from staff.accounts.rules import ROLES_AT_A_SCHOOL

RULE = "R-20.9"


@dataclass(frozen=True)
class Other:
    """Another deputy in some of the same days."""

    deputy: str
    person: str
    starts_on: date
    ends_on: date

    def __str__(self) -> str:
        days = f"from {date_words(self.starts_on)} to {date_words(self.ends_on)}"
        return f"{self.deputy} stands in for {self.person} {days}"


def day_problems(*, starts_on: date, ends_on: date, today: date, begun: bool) -> list[Problem]:
    """From today on, and in order; a deputy who has begun keeps the first day."""
    found = []
    if starts_on < today and not begun:
        found.append(Problem("The first day must be today or later", "starts_on", RULE, "past"))
    if ends_on < starts_on:
        found.append(Problem("The last day must be on or after the first day", "ends_on", RULE, "order"))
    elif ends_on < today:
        found.append(Problem("The last day must be today or later", "ends_on", RULE, "past"))
    return found


def overlap_problems(others: list[Other], field: str) -> list[Problem]:
    """One deputy for one person at a time, so that history can say for whom something was done."""
    return [
        Problem(f"{other} already. Choose other days, or change those first", field, RULE, "overlap")
        for other in others[:1]
    ]


def person_problems(*, same: bool, in_office: bool, roles: set[str]) -> list[Problem]:
    """Somebody of the office is stood in for, by somebody else, who does not decide on requests of the own school."""
    if not in_office:
        return [Problem("Select somebody who works in the office", "person", RULE, "not-office")]
    if same:
        return [Problem("Nobody is their own deputy: enter somebody else’s address", "email", RULE, "same")]
    if roles & ROLES_AT_A_SCHOOL:
        words = "This person belongs to a school, and would decide on what the own school asks for. Name somebody else."
        return [Problem(words, "email", RULE, "school")]
    return []


def own_problems(own: bool) -> list[Problem]:
    """Nobody lengthens the own time."""
    return [Problem("You are this deputy yourself: ask whom you stand in for", "ends_on", RULE, "own")] if own else []
