"""What the record of a review meeting holds: a day, who was there, what was decided, and who does what (R-11.4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from astcoord.core.problems import Problem
from astcoord.core.words import say

SIDES = ("host_head", "ast", "coordinator", "staff")


@dataclass(frozen=True)
class Agreed:
    """One thing to be done: what, by whom, by when."""

    text: str = ""
    owner: str = ""
    due_on: date | None = None

    @property
    def empty(self) -> bool:
        return not (self.text.strip() or self.owner or self.due_on)


def meeting_problems(held_on: date, present: Collection[str], notes: str, *, today: date, since: date) -> list[Problem]:
    """R-11.4: held by today and not before the placement, by two sides at least, and with what was decided."""
    problems = []
    if held_on > today:
        problems.append(Problem("The day of the meeting must be today or in the past", "held_on", "R-11.4"))
    elif held_on < since:
        problems.append(Problem(say("The day lies before this placement. Check the year"), "held_on", "R-11.4"))
    if len(set(present) & set(SIDES)) < 2:
        problems.append(Problem("Select everybody who was there: at least two sides meet", "present", "R-11.4"))
    if not notes.strip():
        problems.append(Problem("Enter what was decided", "notes", "R-11.4"))
    return problems


def action_problems(actions: Sequence[Agreed], held_on: date) -> list[Problem]:
    """R-11.4: nothing is agreed without an owner and a day; the fields are numbered as the form numbers them."""
    problems = []
    for number, action in enumerate(actions, 1):
        if action.empty:
            continue
        if not action.text.strip():
            problems.append(Problem(f"Enter what is to be done, for action {number}", f"text_{number}", "R-11.4"))
        if not action.owner:
            problems.append(Problem(f"Select who does action {number}", f"owner_{number}", "R-11.4"))
        if action.due_on is None:
            problems.append(Problem(f"Enter by when action {number} is done", f"due_{number}", "R-11.4"))
        elif action.due_on < held_on:
            words = f"Action {number} cannot be due before the meeting"
            problems.append(Problem(words, f"due_{number}", "R-11.4"))
    return problems
