"""What the people supported do in the demonstration: they confirm by their links, a group on paper; one withdraws."""

from datetime import date
from typing import TYPE_CHECKING

from placements.agreement.actions import progress
from placements.papers.models import SharedDocument
from placements.placement.models import Placement
from placements.supported import actions as supported
from placements.supported.lifecycle import Commitment
from placements.supported.rules import Part
from staff.accounts.models import User

if TYPE_CHECKING:
    from astcoord.demo.ask import Ask


def say_yes(placement: Placement, ask: "Ask", *, by: User, on: date, waiting: int) -> None:
    """Everybody but the last `waiting`; `by` is the head, who enters what a group put on paper that day."""
    people = list(placement.supported.taking_part().filter(confirmed_at=None))
    for person in people[: len(people) - waiting]:
        part = Part(tuple(Commitment.values), ask.training_need, ask.outcome, yes=True, seen=person.concerned)
        if person.has_own_form:
            supported.confirm(person=person, part=part)
        else:
            supported.confirm(person=person, part=part, by=by, signed_on=on)


def withdraw_last(placement: Placement) -> None:
    """The last of those still there withdraws."""
    supported.withdraw(person=list(placement.supported.taking_part())[-1])


def meet(placement: Placement, *, by: User, on: date) -> None:
    """The AST has met each person alone, and has seen the school's papers (R-8.2, R-9.1)."""
    people = placement.supported.taking_part()
    progress.record_circulation(
        placement=placement,
        by=by,
        circulated_on=placement.circulated_on,
        met={person.pk: on for person in people},
    )
    asked = placement.papers.filter(state=SharedDocument.State.OUTSTANDING)
    seen = {paper.kind: SharedDocument.State.SEEN for paper in asked}
    progress.record_papers(placement=placement, by=by, states=seen)
