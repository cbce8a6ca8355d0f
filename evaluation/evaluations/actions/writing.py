"""Writing an evaluation form: a draft, handing it in; by its owner, by a supported person's link, from paper."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from evaluation.evaluations import emails, permissions, rules
from evaluation.evaluations.actions.asking import ask_joint
from evaluation.evaluations.lifecycle import EVALUATION_WITH_OWNER, AskedOf, EvaluationStatus
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.evaluations.rules import Answers, Asked
from placements.placement.lifecycle import PlacementStatus
from placements.supported.reads import BY_LINK
from staff.accounts.models import User


def asked_in(form: Evaluation) -> Asked:
    """What this form has to hold."""
    sheet = form.sheet
    numbers = form.placement.objectives.values_list("number", flat=True) if sheet.objectives else ()
    return Asked(sheet, tuple(numbers), may_share=form.asked_of == AskedOf.SUPPORTED)


@transaction.atomic
def save_draft(*, form: Evaluation, answers: Answers, by: User) -> Evaluation:
    """Keep what has been written so far; only people with an account keep drafts."""
    form = held(form)
    _may_write(form, by)
    store(form=form, answers=answers)
    if form.status == EvaluationStatus.DUE:
        gate.move(form, "start", by=by, may=permissions.may_write)
    return form


@transaction.atomic
def submit(*, form: Evaluation, answers: Answers, by: User | None = None, paper_on: date | None = None) -> Evaluation:
    """Hand it in; Refused with what is missing. `by` is None for a supported person's own link (R-11.1).

    Whoever enters a paper in somebody's place gives the day that stands on it. The head's interim form asks the AST
    for the joint part.
    """
    form = held(form)
    _may_write(form, by)
    refuse(rules.missing_from(asked_in(form), answers, today()))
    if by is not None and permissions.from_paper(by, form):
        refuse(_paper_problems(paper_on))
    else:
        paper_on = None
    store(form=form, answers=answers)
    gate.move(
        form,
        "submit",
        by=by,
        may=permissions.may_write,
        reason="" if by else BY_LINK,
        submitted_at=timezone.now(),
        submitted_by=by,
        paper_on=paper_on,
        return_reason="",
    )
    emails.take_back(form)
    ask_joint(form)
    return form


@transaction.atomic
def send_link(*, form: Evaluation, by: User | None = None) -> None:
    """A fresh link to the person's own address, at most one a day; by whoever looks after them, or by the person."""
    form = held(form)
    if by is not None and not permissions.can_send_link(by, form):
        raise PermissionDenied("send a link")
    if form.person is None or not form.person.has_own_form or not permissions.still_asked(form):
        raise Refused([Problem("Nothing can be sent: this form is not asked for by a link.", rule="R-11.1")])
    emails.new_link(form, today())
    if by is not None:
        audit.record("evaluation: a new link sent", form, by=by)


def held(form: Evaluation) -> Evaluation:
    """Fresh, with its row held until the transaction ends."""
    rows = Evaluation.objects.select_for_update(of=("self",))
    return rows.with_people().get(pk=form.pk)


def store(*, form: Evaluation, answers: Answers) -> None:
    """Write what was answered, and nothing that this form does not ask."""
    asked = asked_in(form)
    names = [question.name for question in asked.sheet.questions]
    for name in names:
        setattr(form, name, _kept(form, name, answers.values.get(name)))
    if asked.may_share:
        form.shared = answers.shared
    form.save(update_fields=[*names, "shared"])
    objectives = {o.number: o for o in form.placement.objectives.all()} if asked.sheet.objectives else {}
    for answer in answers.objectives:
        if objective := objectives.get(answer.number):
            ObjectiveReached.objects.update_or_create(
                evaluation=form,
                objective=objective,
                defaults={"reached": answer.reached, "evidence": answer.evidence.strip()},
            )


def _kept(form: Evaluation, name: str, value: Any) -> Any:
    """As the column holds it: text without the space around it, nothing as the column's own nothing."""
    if isinstance(value, str):
        return value.strip()
    return value or type(form)._meta.get_field(name).get_default()  # type: ignore[union-attr]


def _may_write(form: Evaluation, by: User | None) -> None:
    """Who may, and whether it is still asked: each with its own clear answer."""
    if by is None and form.person is None:
        raise PermissionDenied("write by a link")
    if by is not None and not permissions.may_write(by, form):
        raise PermissionDenied("write")
    if form.person is not None and form.person.withdrew_on is not None:
        raise Refused([Problem("This person has withdrawn. Nothing more is asked of them.", rule="R-6.12")])
    if form.placement.status == PlacementStatus.CLOSED:
        raise Refused([Problem(say("The placement is closed. Nothing more is asked of anybody."), rule="R-11.1")])
    if form.status not in EVALUATION_WITH_OWNER:
        raise Refused([gate.out_of_turn(form, "Write the form")])


def _paper_problems(paper_on: date | None) -> list[Problem]:
    if paper_on is None:
        return [Problem("Enter the day that stands on the paper", "paper_on", "R-3.3", "paper")]
    if paper_on > today():
        return [Problem("The day on the paper must be today or in the past", "paper_on", "R-3.3", "paper")]
    return []
