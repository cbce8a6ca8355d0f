"""Writing a logic model, submitting it, agreeing it; a later version takes the place of an agreed one (R-11.7)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate
from astcoord.core.problems import Problem, Refused, refuse
from evaluation.logic import permissions, reads, rules
from evaluation.logic.lifecycle import LogicStatus
from evaluation.logic.models import LogicModel, LogicStep
from evaluation.logic.rules import Chains
from placements.placement.models import Placement
from placements.placement.reads import AST, policy_of
from staff.accounts.models import User


@transaction.atomic
def save_draft(*, placement: Placement, chains: Chains, by: User) -> LogicModel:
    """Keep what has been entered so far. After an agreed version this is the next one, and the agreed one holds on."""
    model = _draft(placement, by)
    _store(model, chains)
    return model


@transaction.atomic
def submit(*, placement: Placement, chains: Chains, by: User) -> LogicModel:
    """Hand it to the host headteacher; Refused with every step that does not hold (R-11.7)."""
    refuse(rules.missing_from(chains))
    model = _draft(placement, by)
    _store(model, chains)
    return gate.move(
        model,
        "submit",
        by=by,
        may=permissions.may_submit,
        submitted_at=timezone.now(),
        submitted_by=by,
        return_reason="",
    )


@transaction.atomic
def agree(*, model: LogicModel, by: User) -> LogicModel:
    """It holds from now on; the version before it is kept, and no longer holds."""
    _held(model.placement)
    for earlier in LogicModel.objects.agreed().filter(placement=model.placement).exclude(pk=model.pk):
        gate.move(earlier, "replace", by=None)
    return gate.move(model, "agree", by=by, may=permissions.decides, agreed_at=timezone.now(), agreed_by=by)


@transaction.atomic
def send_back(*, model: LogicModel, reason: str, by: User) -> LogicModel:
    """Back to be written on, with what should be changed."""
    refuse(rules.reason_problems(reason))
    return gate.move(
        model, "return", by=by, may=permissions.decides, reason=reason.strip(), return_reason=reason.strip()
    )


def before_completed(placement: Placement) -> list[Problem]:
    """R-11.7: a placement signed under four levels is complete only with its logic model submitted; the AST's turn."""
    if not policy_of(placement).on_levels or LogicModel.objects.handed_in().filter(placement=placement).exists():
        return []
    words = "The logic model has not been submitted yet: it says what the evaluation looks for."
    return [Problem(words, AST, "R-11.7", "logic-model")]


def _held(placement: Placement) -> None:
    Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)


def _draft(placement: Placement, by: User) -> LogicModel:
    """The version that is being written; a new one where there is none. Held until the transaction ends."""
    _held(placement)
    newest = reads.newest_of(placement)
    if newest is not None and newest.status == LogicStatus.SUBMITTED:
        raise Refused([gate.out_of_turn(newest, "Write the logic model")])
    if not permissions.can_write(by, placement, newest):
        raise PermissionDenied("write the logic model")
    if newest is not None and newest.status == LogicStatus.DRAFT:
        return newest
    made = LogicModel.objects.create(placement=placement, version=newest.version + 1 if newest else 1)
    audit.record(f"logic model: version {made.version} begun", made, by=by)
    return made


def _store(model: LogicModel, chains: Chains) -> None:
    """The steps as they were entered, and nothing of what stood there before."""
    model.steps.all().delete()
    objectives = {each.number: each for each in model.placement.objectives.all()}
    for step in chains.steps:
        row = LogicStep.objects.create(
            model=model, number=step.number, kind=step.kind, text=step.text.strip(), leads_to=step.leads_to
        )
        served = [objectives[n] for n, at in chains.serves.items() if at == step.number and n in objectives]
        row.objectives.set(served)
