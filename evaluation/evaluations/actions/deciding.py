"""What the co-ordinator does with evaluations: accept, return, waive, conclude the final one (R-11.3, R-11.5)."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from astcoord.core import gate
from astcoord.core.clock import today
from astcoord.core.models.documents import Document
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.wording import counted
from astcoord.core.words import say
from evaluation.evaluations import documents, emails, permissions, rules
from evaluation.evaluations.actions import asking
from evaluation.evaluations.actions.writing import asked_in, held, store
from evaluation.evaluations.lifecycle import EVALUATION_WITH_OWNER, AskedOf, EvaluationKind, EvaluationStatus
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.rules import Answers
from placements.endings.rules import AFTER_OTHERS
from placements.placement.lifecycle import PLACEMENT_COMPLETED, PLACEMENT_UNDER_CONTRACT, PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import AST, HOST, STAFF
from staff.accounts.models import User

OVER = "The final evaluation was concluded without it."


@transaction.atomic
def accept(*, form: Evaluation, by: User) -> Evaluation:
    """The co-ordinator has read it and is content."""
    return gate.move(form, "accept", by=by, may=permissions.decides, accepted_by=by, accepted_at=timezone.now())


@transaction.atomic
def accept_all(*, placement: Placement, by: User) -> int:
    """Everything that a placement's people have handed in, at once; how many forms."""
    forms = list(Evaluation.objects.filter(placement=placement).handed_in())
    for form in forms:
        accept(form=form, by=by)
    return len(forms)


@transaction.atomic
def send_back(*, form: Evaluation, reason: str, by: User) -> Evaluation:
    """Return it to whoever wrote it, with a question."""
    refuse(rules.reason_problems(reason))
    gate.move(form, "return", by=by, may=permissions.decides, return_reason=reason.strip())
    emails.returned(form)
    return form


@transaction.atomic
def waive(*, form: Evaluation, reason: str, by: User) -> Evaluation:
    """It is not needed, and why: nobody is reminded any more (R-11.3, R-11.16)."""
    refuse(rules.reason_problems(reason))
    return _waive(form, reason.strip(), by)


@transaction.atomic
def ask_again(*, form: Evaluation, by: User) -> Evaluation:
    """It was waived and is wanted after all, or what was accepted was a mistake: due a fortnight from today.

    Refused for a final evaluation that a completed placement rests on: the completion is taken back first.
    """
    asking.ask_anew(form=form, by=by, problems=_placement_goes_on)
    return form


def _placement_goes_on(form: Evaluation) -> list[Problem]:
    if form.kind != EvaluationKind.FINAL or form.placement.status not in PLACEMENT_COMPLETED:
        return []
    return [
        Problem(say("The placement is completed. Take the completion back first."), rule="R-11.5", code="completed")
    ]


@transaction.atomic
def conclude(*, form: Evaluation, answers: Answers, without_reason: str, by: User) -> Evaluation:
    """R-11.5: the co-ordinator, having taken part, says what the final evaluation came to, and accepts it.

    Refused on the AST's own word alone, unless the co-ordinator says why it does without the school's (R-11.3). What
    was handed in is accepted with it; what was not is no longer asked for. The paper is frozen as it now reads.
    """
    placement = form.placement
    Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    form = held(form)
    if (form.kind, form.asked_of) != (EvaluationKind.FINAL, AskedOf.COORDINATOR):
        raise Refused([Problem(say("Only the co-ordinator’s own part concludes the final evaluation."), rule="R-11.5")])
    others = list(Evaluation.objects.filter(placement=placement, kind=EvaluationKind.FINAL).exclude(pk=form.pk))
    missing = rules.missing_views(others)
    problems = rules.missing_from(asked_in(form), answers, today())
    refuse([*problems, *rules.conclusion_problems(missing, without_reason)])
    store(form=form, answers=answers)
    now = timezone.now()
    gate.move(
        form,
        "conclude",
        by=by,
        may=permissions.decides,
        reason=without_reason.strip() if missing else "",
        without_reason=without_reason.strip() if missing else "",
        submitted_at=now,
        submitted_by=by,
        accepted_by=by,
        accepted_at=now,
    )
    _settle(others, by)
    documents.freeze_final(placement, by=by)
    emails.concluded(placement, form)
    return form


def before_completed(placement: Placement) -> list[Problem]:
    """R-11.5: a placement is complete only with its final evaluation held, or waived with a reason.

    As long as forms may still come, it is their owners' turn, and the co-ordinator's after them.
    """
    done = (EvaluationStatus.ACCEPTED, EvaluationStatus.WAIVED)
    final = Evaluation.objects.filter(
        placement=placement, kind=EvaluationKind.FINAL, asked_of=AskedOf.COORDINATOR, status__in=done
    )
    if final.exists():
        return []
    own = say("Conclude the final evaluation first, or waive it with a reason: a placement is not complete without it.")
    return _waited_for(Evaluation.objects.filter(placement=placement).still_to_come(today()), own)


def before_closed(placement: Placement) -> list[Problem]:
    """A form that may still come keeps a placement from being closed by itself, until it is a fortnight late."""
    waiting = Evaluation.objects.filter(placement=placement, status__in=EVALUATION_WITH_OWNER)
    waiting = waiting.filter(due_on__gte=today() - rules.LATE).exclude(person__withdrew_on__isnull=False)
    own = waiting.filter(asked_of=AskedOf.COORDINATOR).exists()
    return _waited_for(waiting, "Conclude the final evaluation, or waive it with a reason." if own else "")


def _waited_for(forms: QuerySet[Evaluation], own: str) -> list[Problem]:
    """Whose forms are not in, each with whose turn it is; then the co-ordinator's own part, if it is wanted."""
    asked_of = list(forms.values_list("asked_of", flat=True))
    people = asked_of.count(AskedOf.SUPPORTED)
    are = "is" if people == 1 else "are"
    parts = (
        (AskedOf.HOST_HEAD, HOST, "The host headteacher’s evaluation form is"),
        (
            AskedOf.SUPPORTED,
            STAFF,
            f"{counted(people, 'evaluation form')} of the people supported {are}",
        ),
        (AskedOf.AST, AST, say("The AST’s evaluation form is")),
    )
    found = [
        Problem(f"{whose} not in yet.", owner, "R-11.3", "form") for part, owner, whose in parts if part in asked_of
    ]
    if own:
        found.append(Problem(own, rule="R-11.5", code=AFTER_OTHERS if found else "final-evaluation"))
    return found


def taken_back(placement: Placement) -> None:
    """An early end was a mistake: final forms that nobody has begun are not asked for yet (R-8.14)."""
    if placement.status in PLACEMENT_UNDER_CONTRACT - {PlacementStatus.FINAL_EVALUATION}:
        unbegun = Evaluation.objects.filter(
            placement=placement, kind=EvaluationKind.FINAL, status=EvaluationStatus.DUE, submitted_at=None
        )
        for form in unbegun:
            emails.take_back(form)
            form.delete()


def let_go(*, on: date) -> int:
    """Nothing more is asked of people who have withdrawn: their open forms are waived by the system (R-6.12)."""
    gone = Evaluation.objects.filter(status__in=EVALUATION_WITH_OWNER, person__withdrew_on__lte=on)
    return each(gone, lambda form: _waive(form, "The person has withdrawn.", None))


def remind(*, on: date) -> int:
    """N17, R-11.16: the owner once when a form is overdue, the co-ordinator once after a fortnight; new messages."""
    overdue = list(Evaluation.objects.overdue(on).with_people())
    told = sum(emails.overdue(form) for form in overdue)
    return told + sum(emails.late(form) for form in overdue if rules.is_late(form.due_on, on))


def _waive(form: Evaluation, reason: str, by: User | None) -> Evaluation:
    gate.move(form, "waive", by=by, may=permissions.decides, reason=reason, waive_reason=reason)
    emails.take_back(form)
    return form


def _settle(others: list[Evaluation], by: User) -> None:
    for form in others:
        if form.status == EvaluationStatus.SUBMITTED:
            accept(form=form, by=by)
        elif form.status in EVALUATION_WITH_OWNER:
            _waive(form, OVER, by)


def final_paper(placement: Placement) -> Document | None:
    """The frozen paper of a concluded final evaluation."""
    found: Document | None = Document.objects.about(placement).filter(kind=documents.FINAL).order_by("-pk").first()
    return found
