"""What the people supported do in the demonstration: they confirm by their links, a group on paper; one withdraws."""

from datetime import date
from typing import TYPE_CHECKING

from placements.actions import supported
from placements.models import Placement
from placements.models.supported import Commitment
from placements.rules.supported import Part
from staff.models import User

if TYPE_CHECKING:
    from evaluation.demo.ask import Ask


def say_yes(placement: Placement, ask: "Ask", *, by: User, on: date, waiting: int) -> None:
    """Everybody but the last `waiting`; `by` is the head, who enters what a group put on paper that day."""
    people = list(placement.supported.taking_part().filter(confirmed_at=None))
    part = Part(tuple(Commitment.values), ask.training_need, ask.outcome)
    for person in people[: len(people) - waiting]:
        if person.has_own_form:
            supported.confirm(person=person, part=part)
        else:
            supported.confirm(person=person, part=part, by=by, signed_on=on)


def withdraw_last(placement: Placement) -> None:
    """The last of those still there withdraws."""
    supported.withdraw(person=list(placement.supported.taking_part())[-1])
