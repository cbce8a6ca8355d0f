"""What the pages and papers of evaluations show, each reader as far as section G allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, QuerySet

from astcoord.core.suppression import SMALLEST_GROUP
from astcoord.core.wording import counted, date_words
from evaluation.evaluations import permissions
from evaluation.evaluations.lifecycle import (
    EVALUATION_ANSWERED,
    AskedOf,
    EvaluationKind,
    EvaluationStatus,
    Helps,
)
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.evaluations.wording import sheet_of
from evaluation.evidence import reads as evidence
from evaluation.evidence.reads import Item
from placements.placement.models import Objective, Placement
from placements.placement.permissions import can_see_names
from placements.supported.redaction import Redactor, redactor
from staff.accounts.models import User


@dataclass(frozen=True)
class Said:
    """One objective, and how far one form says it was reached."""

    number: int
    objective: str
    criterion: str
    reached: str
    evidence: str
    items: Sequence[Item] = ()


def said_of_objectives(form: Evaluation, redact: Redactor = str) -> list[Said]:
    """Every agreed objective in order, answered or not; nothing for a form that does not ask of them."""
    if not sheet_of(form.kind, form.asked_of).objectives:
        return []
    rows: dict[int, ObjectiveReached] = {row.objective_id: row for row in form.objectives.all()}
    return [_said(objective, rows.get(objective.pk), redact) for objective in form.placement.objectives.all()]


def evidence_beside(form: Evaluation, user: User) -> dict[int, list[Item]]:
    """For whoever writes or reads a final evaluation, what shows each objective, by its number (R-10.5)."""
    return evidence.by_objective(form.placement, user) if form.kind == EvaluationKind.FINAL else {}


def _with_evidence(form: Evaluation, user: User, redact: Redactor) -> list[Said]:
    said = said_of_objectives(form, redact)
    shown = evidence_beside(form, user) if said else {}
    return [replace(each, items=shown.get(each.number, ())) for each in said]


def _said(objective: Objective, row: ObjectiveReached | None, redact: Redactor) -> Said:
    return Said(
        objective.number,
        redact(objective.text),
        redact(objective.criterion),
        row.get_reached_display() if row and row.reached else "Not answered",
        redact(row.evidence) if row else "",
    )


def answers_of(form: Evaluation, redact: Redactor = str) -> list[tuple[str, str]]:
    """Each question with its answer in words, in the form's order (R-15.9)."""
    return [(q.label, redact(_words(form, q.name))) for q in sheet_of(form.kind, form.asked_of).questions]


def _words(form: Evaluation, name: str) -> str:
    value = getattr(form, name)
    if name == "helps":
        return form.get_helps_display()
    if name == "took_part":
        return ", ".join(Evaluation._meta.get_field("took_part").labels(form))  # type: ignore[union-attr]
    return date_words(value) if isinstance(value, date) else value or ""


def whose(form: Evaluation, *, names: bool) -> str:
    """Whose form it is, by name where the reader may know it, else by initials."""
    if form.person is None:
        return form.get_asked_of_display()
    return form.person.name if names else f"{form.person.initials} (supported)"


@dataclass(frozen=True)
class FormPage:
    """One form for one reader."""

    form: Evaluation
    whose: str
    reads_answers: bool
    answers: Sequence[tuple[str, str]]
    objectives: Sequence[Said]
    can_write: bool
    can_conclude: bool
    can_decide: bool
    can_send_link: bool
    overdue: bool


def form_page(form: Evaluation, user: User, today: date) -> FormPage:
    """A handful of queries. Without names for those who may not know them."""
    redact = redactor(user, form.placement)
    reads = permissions.reads_answers(user, form)
    moves = {move.name for move in form.machine.moves_from(form.status)}
    own_part = form.asked_of == AskedOf.COORDINATOR
    can_write = permissions.can_write(user, form)
    return FormPage(
        form=form,
        whose=whose(form, names=can_see_names(user, form.placement)),
        reads_answers=reads,
        answers=answers_of(form, redact) if reads else [],
        objectives=_with_evidence(form, user, redact) if reads else [],
        can_write=can_write and not own_part,
        can_conclude=can_write and own_part,
        can_decide=permissions.decides(user, form) and bool(moves & {"accept", "return", "waive", "ask_again"}),
        can_send_link=permissions.can_send_link(user, form),
        overdue=permissions.still_asked(form) and form.is_overdue(today),
    )


@dataclass(frozen=True)
class Line:
    """One form on the placement's page; `opens` says whether this reader may open it."""

    form: Evaluation
    whose: str
    opens: bool
    state: str
    overdue: bool
    can_send_link: bool


@dataclass(frozen=True)
class Round:
    """The forms that were asked for together, and what the people supported said as sums."""

    title: str
    lines: Sequence[Line]
    sums: str


@dataclass(frozen=True)
class PlacementEvaluations:
    """All evaluations of a placement for one reader.

    `to_write` is the reader's own form that waits; `waits_for` whose final forms are not in yet and not late: until
    they are, it is not the co-ordinator's turn to conclude.
    """

    rounds: Sequence[Round]
    outcome: Sequence[Said]
    conclusion: Evaluation | None
    reads_forms: bool
    handed_in: int
    to_write: Evaluation | None
    to_conclude: Evaluation | None
    waits_for: Sequence[str]


def of_placement(placement: Placement, user: User, today: date) -> PlacementEvaluations:
    """The newest round first; a fixed number of queries, whatever the number of forms."""
    forms = list(_of(placement))
    opened = set(Evaluation.objects.visible_to(user).filter(placement=placement).values_list("pk", flat=True))
    reads = permissions.reads_forms(user, placement)
    names = can_see_names(user, placement)
    ordered = sorted(forms, key=lambda f: (f.opens_on, f.kind), reverse=True)
    rounds = [
        _round(kind, on, list(rows), opened=opened, names=names, user=user, today=today)
        for (on, kind), rows in groupby(ordered, key=lambda f: (f.opens_on, f.kind))
    ]
    final = next((f for f in forms if f.asked_of == AskedOf.COORDINATOR), None)
    redact = redactor(user, placement)
    return PlacementEvaluations(
        rounds=rounds if reads else [],
        outcome=outcome(forms, redact),
        conclusion=final if final and final.status == EvaluationStatus.ACCEPTED else None,
        reads_forms=reads,
        handed_in=sum(1 for f in forms if f.status == EvaluationStatus.SUBMITTED),
        to_write=next((f for f in ordered if _waits_for_own_part(user, f, today)), None),
        to_conclude=final if final and permissions.can_write(user, final) else None,
        waits_for=[whose(f, names=names) for f in forms if _still_to_come(f, today)],
    )


def _waits_for_own_part(user: User, form: Evaluation, today: date) -> bool:
    asked = form.asked_of != AskedOf.COORDINATOR and form.opens_on <= today
    return asked and permissions.still_asked(form) and permissions.is_owner(user, form)


def _still_to_come(form: Evaluation, today: date) -> bool:
    others = form.kind == EvaluationKind.FINAL and form.asked_of != AskedOf.COORDINATOR
    return others and permissions.still_asked(form) and not form.is_overdue(today)


def _of(placement: Placement) -> QuerySet[Evaluation]:
    return (
        Evaluation.objects.filter(placement=placement)
        .with_people()
        .prefetch_related("objectives", "placement__objectives")
    )


def _round(
    kind: str, on: date, forms: list[Evaluation], *, opened: set[int], names: bool, user: User, today: date
) -> Round:
    order = list(AskedOf)
    lines = [
        Line(
            form=form,
            whose=whose(form, names=names),
            opens=form.pk in opened,
            state=_state(form, today),
            overdue=permissions.still_asked(form) and form.is_overdue(today),
            can_send_link=permissions.can_send_link(user, form),
        )
        for form in sorted(forms, key=lambda f: (order.index(AskedOf(f.asked_of)), f.pk))
    ]
    return Round(f"{EvaluationKind(kind).label}, asked for from {date_words(on)}", lines, sums(forms))


def _state(form: Evaluation, today: date) -> str:
    if form.status == EvaluationStatus.WAIVED:
        return form.waive_reason
    if form.submitted_at is not None and form.status in EVALUATION_ANSWERED:
        return "On paper" if form.paper_on else ""
    if form.opens_on > today:
        return f"Will be asked for on {date_words(form.opens_on)}"
    return f"{'Was due' if form.due_on < today else 'Due'} by {date_words(form.due_on)}"


def sums(forms: Iterable[Evaluation]) -> str:
    """What the people supported said, as sums: how many answered, and how, once there are three (section G)."""
    theirs = [f for f in forms if f.asked_of == AskedOf.SUPPORTED]
    if not theirs:
        return ""
    answers = [f for f in theirs if f.status in EVALUATION_ANSWERED]
    told = f"{counted(len(answers), 'form')} of {len(theirs)} handed in by the people supported"
    if len(answers) < SMALLEST_GROUP:
        return f"{told}. What they say is shown as sums once three have answered."
    counts = [(label, sum(1 for f in answers if f.helps == code)) for code, label in Helps.choices]
    helps = ", ".join(f"{label.lower()} {count}" for label, count in counts if count)
    return f"{told}. Whether the support helps: {helps}." if helps else f"{told}."


def outcome(forms: Iterable[Evaluation], redact: Redactor = str) -> list[Said]:
    """How far each objective was reached, in the school's words once the final evaluation is concluded; else the AST's.

    What a home head and the governors read: empty until the co-ordinator has concluded it (section G).
    """
    finals = {f.asked_of: f for f in forms if f.kind == EvaluationKind.FINAL}
    own = finals.get(AskedOf.COORDINATOR)
    if own is None or own.status != EvaluationStatus.ACCEPTED:
        return []
    for party in (AskedOf.HOST_HEAD, AskedOf.AST):
        form = finals.get(party)
        if form is not None and form.status in EVALUATION_ANSWERED:
            return said_of_objectives(form, redact)
    return []


def outcome_by_number(placement: Placement) -> dict[int, str]:
    """The `outcome` alone, by the objective's number, for the pages of the people supported. One query."""
    finals = Evaluation.objects.filter(placement=placement, kind=EvaluationKind.FINAL)
    concluded = finals.filter(asked_of=AskedOf.COORDINATOR, status=EvaluationStatus.ACCEPTED)
    said = ObjectiveReached.objects.filter(Exists(concluded), evaluation__in=finals)
    rows = said.filter(evaluation__status__in=EVALUATION_ANSWERED).select_related("evaluation", "objective")
    told: dict[str, dict[int, str]] = {}
    for row in rows:
        told.setdefault(row.evaluation.asked_of, {})[row.objective.number] = row.get_reached_display()
    return next((told[party] for party in (AskedOf.HOST_HEAD, AskedOf.AST) if party in told), {})


def final_forms(placement: Placement) -> dict[str, Any]:
    """The final forms of a placement by whom they were asked of; the people's as a list under "supported"."""
    found: dict[str, Any] = {"supported": []}
    for form in _of(placement).filter(kind=EvaluationKind.FINAL):
        if form.asked_of == AskedOf.SUPPORTED:
            found["supported"].append(form)
        else:
            found[form.asked_of] = form
    return found
