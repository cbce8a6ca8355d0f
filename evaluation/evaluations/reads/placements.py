"""All evaluations of a placement, and what came of it, each reader as far as section G allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from evaluation.evaluations.reads.forms import Said, said_of_objectives, whose
from evaluation.evaluations.reads.levels import LevelLine, of_forms
from evaluation.feedback import reads as feedback
from evaluation.feedback.reads import SessionCounts
from evaluation.logic.models import LogicModel
from evaluation.results.permissions import reads_results
from evaluation.results.reads.comparison import Comparison, comparison_of
from evaluation.reviews.wording import NO_STANDARDS
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names
from placements.placement.reads import policy_of
from placements.supported.redaction import Redactor, redactor
from staff.accounts.models import User


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
    logic: bool
    levels: Sequence[LevelLine]
    sessions: Sequence[SessionCounts]
    standards: str
    results: Comparison | None
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
        conclusion=final if final and final.concludes else None,
        reads_forms=reads,
        logic=LogicModel.objects.visible_to(user).filter(placement=placement).exists(),
        levels=of_forms(forms) if reads else [],
        sessions=feedback.of_placement(placement, today) if reads else [],
        standards=_standards(final, redact) if reads else "",
        results=results_beside(placement, user, today),
        handed_in=sum(1 for f in forms if f.status == EvaluationStatus.SUBMITTED),
        to_write=next((f for f in ordered if _waits_for_own_part(user, f, today)), None),
        to_conclude=final if final and permissions.can_write(user, final) else None,
        waits_for=[whose(f, names=names) for f in forms if _still_to_come(f, today)],
    )


def results_beside(placement: Placement, user: User, today: date) -> Comparison | None:
    """The host school's figures before and after, where evaluation looks at results, too, and for who may read them.

    Not on four levels: there each form says what it has seen of results.
    """
    looks = policy_of(placement).with_results
    return comparison_of(placement, user, today) if looks and reads_results(user, placement) else None


def _standards(final: Evaluation | None, redact: Redactor) -> str:
    """R-11.14: the concluded final evaluation's own word on standards, or that none was given."""
    if final is None or not final.concludes:
        return ""
    return redact(final.standards) or NO_STANDARDS


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
    if own is None or not own.concludes:
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
