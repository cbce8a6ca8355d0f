"""One evaluation form as its page and its papers show it, each reader as far as section G allows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from astcoord.core.wording import date_words
from evaluation.evaluations import permissions
from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED, AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.evidence import reads as evidence
from evaluation.evidence.reads import Item
from placements.placement.models import Objective
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
    if not form.sheet.objectives:
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
    """Each question with its answer in words, in the form's order (R-15.9); of which level, where it is asked so.

    Once it has been handed in, what it says nothing of is said (R-11.6, R-11.14).
    """
    sheet, answered = form.sheet, form.status in EVALUATION_ANSWERED
    return [
        (
            f"{q.level.label}: {q.label}" if sheet.levels and q.level else q.label,
            redact(_words(form, q.name)) or (sheet.unanswered(q) if answered else ""),
        )
        for q in sheet.questions
    ]


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
