"""What an objective rests on: days, diary entries, files and forms, as far as section G lets each reader go down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from astcoord.core.wording import date_words
from evaluation.diary.models import DiaryEntry
from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.evaluations.reads.forms import whose
from evaluation.evaluations.reads.placements import outcome_by_number
from evaluation.evidence.reads import Item, by_objective
from evaluation.returns.lifecycle import ReturnStatus
from evaluation.returns.models import ReturnFinding
from evaluation.reviews.lifecycle import REVIEW_WITH_AST, ReviewStatus
from evaluation.reviews.models import ObjectiveProgress
from evaluation.reviews.permissions import reads_answers
from placements.placement.models import Objective, Placement
from placements.placement.permissions import can_see_names, reads_days_whole
from placements.supported.redaction import Redactor, redactor
from staff.accounts.models import User

REPORTED = (ReturnStatus.REPORTED, ReturnStatus.CLOSED)


@dataclass(frozen=True)
class Worked:
    """An outreach day that worked on the objective, with what its diary entry says; `url` is the entry's."""

    on: date
    days: Decimal
    priorities: str
    shows: str
    url: str


@dataclass(frozen=True)
class Answer:
    """What one review, form or report says of the objective. `shows` is empty where the reader reads the outcome."""

    title: str
    said: str
    shows: str
    url: str


@dataclass(frozen=True)
class Chain:
    """One objective for one reader. `whole` says that it shows more than the outcome (section G)."""

    number: int
    text: str
    baseline: str
    criterion: str
    evidence: str
    outcome: str
    days: Sequence[Worked]
    items: Sequence[Item]
    answers: Sequence[Answer]
    whole: bool

    @property
    def total(self) -> Decimal:
        """Days that worked on it; a day that worked on several counts in full."""
        return sum((each.days for each in self.days), Decimal(0))


def chain_of(placement: Placement, objective: Objective, user: User) -> Chain:
    """Ten queries at most, however much there is."""
    redact, whole = redactor(user, placement), reads_days_whole(user, placement)
    return Chain(
        number=objective.number,
        text=redact(objective.text),
        baseline=redact(objective.baseline),
        criterion=redact(objective.criterion),
        evidence=redact(objective.evidence),
        outcome=outcome_by_number(placement).get(objective.number, ""),
        days=_worked(objective, user, redact) if whole else [],
        items=by_objective(placement, user, redact).get(objective.number, []),
        answers=[
            *_reviews(placement, objective, user, redact if whole else _nothing),
            *(_forms(placement, objective, user, redact) if whole else ()),
            *(_returns(objective, redact) if whole else ()),
        ],
        whole=whole,
    )


def _nothing(text: str) -> str:
    """For those who read the outcome and not the words."""
    return ""


def _worked(objective: Objective, user: User, redact: Redactor) -> list[Worked]:
    entries = DiaryEntry.objects.visible_to(user).submitted().filter(objectives=objective)
    return [
        Worked(
            entry.day.on,
            entry.day.days,
            redact(entry.priorities),
            redact(entry.evidence),
            reverse("evaluation:entry", args=[entry.pk]),
        )
        for entry in entries.select_related("day").order_by("day__on")
    ]


def _reviews(placement: Placement, objective: Objective, user: User, redact: Redactor) -> list[Answer]:
    """Of reviews that are still with the AST nothing, whoever reads."""
    said = ObjectiveProgress.objects.filter(objective=objective).exclude(progress="")
    rows = said.exclude(review__status__in=REVIEW_WITH_AST | {ReviewStatus.WAIVED}).select_related("review__term")
    found = []
    for row in rows.order_by("review__term__starts_on"):
        row.review.placement = placement
        if reads_answers(user, row.review):
            url = reverse("evaluation:review", args=[row.review_id])
            title = f"Impact review, {row.review.term.name}"
            found.append(Answer(title, row.get_progress_display(), redact(row.evidence), url))
    return found


def _forms(placement: Placement, objective: Objective, user: User, redact: Redactor) -> list[Answer]:
    """Those that this reader may open, once they are handed in."""
    opened = Evaluation.objects.visible_to(user).filter(placement=placement, status__in=EVALUATION_ANSWERED)
    rows = ObjectiveReached.objects.filter(objective=objective, evaluation__in=opened).exclude(reached="")
    names = can_see_names(user, placement)
    return [
        Answer(
            f"{row.evaluation.get_kind_display()}: {whose(row.evaluation, names=names)}",
            row.get_reached_display(),
            redact(row.evidence),
            row.evaluation.get_absolute_url(),
        )
        for row in rows.select_related("evaluation__person").order_by("evaluation__due_on", "pk")
    ]


def _returns(objective: Objective, redact: Redactor) -> list[Answer]:
    rows = ReturnFinding.objects.filter(objective=objective, visit__status__in=REPORTED).exclude(remains="")
    return [
        Answer(
            f"Return visit of {date_words(row.visit.visit_on)}" if row.visit.visit_on else "Return visit",
            row.get_remains_display(),
            redact(row.evidence),
            row.visit.get_absolute_url(),
        )
        for row in rows.select_related("visit")
    ]
