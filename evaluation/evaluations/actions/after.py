"""The second evaluation, at the return visit, which another room schedules, moves and cancels (R-11.8, R-11.9)."""

from datetime import date

from astcoord.core import gate
from astcoord.core.clock import today
from evaluation.evaluations import emails, rules
from evaluation.evaluations.actions import asking
from evaluation.evaluations.lifecycle import EVALUATION_WITH_OWNER, EvaluationKind, EvaluationStatus
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.querysets import EvaluationQuerySet
from placements.placement.models import Placement

NO_VISIT = "The return visit was cancelled."


def ask_at_return(placement: Placement, *, opens: date) -> int:
    """The head and the people supported once more, from the day `opens` on; how many forms are new."""
    whom = asking.school(placement)
    return len(asking.ask(placement=placement, kind=EvaluationKind.RETURN, whom=whom, opens=opens, on=today()))


def move_return_forms(placement: Placement, *, opens: date) -> None:
    """The visit has a day now: forms that nobody has begun are asked for from then on."""
    waiting = _forms(placement).filter(status=EvaluationStatus.DUE)
    waiting.update(opens_on=opens, due_on=opens + rules.ANSWER_WITHIN)


def drop_return_forms(placement: Placement) -> None:
    """There is no visit: what was not handed in is no longer asked for."""
    for form in _forms(placement).filter(status__in=EVALUATION_WITH_OWNER):
        gate.move(form, "waive", by=None, reason=NO_VISIT, waive_reason=NO_VISIT)
        emails.take_back(form)


def revive_return_forms(placement: Placement) -> None:
    """There is a visit after all."""
    for form in _forms(placement).filter(status=EvaluationStatus.WAIVED, waive_reason=NO_VISIT).with_people():
        asking.ask_anew(form=form, by=None)


def _forms(placement: Placement) -> EvaluationQuerySet:
    return Evaluation.objects.filter(placement=placement, kind=EvaluationKind.RETURN)
