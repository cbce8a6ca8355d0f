"""What a review's page and its paper show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from evaluation.diary import permissions as diary
from evaluation.diary.models import DiaryEntry
from evaluation.diary.rules import Depth
from evaluation.evidence import reads as evidence
from evaluation.evidence.reads import Item
from evaluation.reviews import permissions
from evaluation.reviews.lifecycle import REVIEW_WITH_AST, ReviewStatus
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from evaluation.reviews.rules import HINTS
from placements.placement.models import Objective, Placement
from placements.placement.permissions import can_see_names
from placements.supported.redaction import Redactor, redactor
from schools.calendar import reads as calendar
from staff.accounts.models import User
from staff.mailings import reads as mailings
from staff.mailings.reads import Addressee


@dataclass(frozen=True)
class DiaryEvidence:
    """One outreach day of the term, as material for the review."""

    on: date
    priorities: str
    evidence: str


@dataclass(frozen=True)
class Section:
    """One objective with what is said of it, the term's outreach days that worked on it, and evidence attached."""

    objective: Objective
    answer: ObjectiveProgress | None
    days: Sequence[DiaryEvidence] = ()
    items: Sequence[Item] = ()

    @property
    def progress_words(self) -> str:
        """Never colour alone: the word, or that there is none yet."""
        return self.answer.get_progress_display() if self.answer and self.answer.progress else "Not answered yet"

    @property
    def meaning(self) -> str:
        """What the word means."""
        return HINTS.get(self.answer.progress, "") if self.answer else ""


@dataclass(frozen=True)
class ReviewPage:
    """A review for one reader."""

    review: ImpactReview
    sections: Sequence[Section]
    other_days: Sequence[DiaryEvidence]
    depth: Depth
    reads_answers: bool
    can_print: bool
    can_write: bool
    can_comment: bool
    can_decide: bool

    @property
    def whole(self) -> bool:
        """Evidence and comments too; the home head and officers read the outcome."""
        return self.depth == Depth.ALL and self.reads_answers


def sections_of(review: ImpactReview) -> tuple[list[Section], list[DiaryEvidence]]:
    """Every agreed objective in order, with this term's submitted diary beside it; and the days of no objective."""
    answers = {a.objective_id: a for a in review.progress.all()}
    term = review.term
    entries = DiaryEntry.objects.submitted().filter(
        day__placement=review.placement, day__on__range=(term.starts_on, term.ends_on)
    )
    told = list(entries.select_related("day").prefetch_related("objectives").order_by("day__on"))
    sections = [
        Section(
            objective=objective,
            answer=answers.get(objective.pk),
            days=[_evidence(e) for e in told if objective in e.objectives.all()],
        )
        for objective in review.placement.objectives.all()
    ]
    return sections, [_evidence(e) for e in told if not e.objectives.all()]


def review_page(review: ImpactReview, user: User) -> ReviewPage:
    """The page in a handful of queries. Texts are without names for those who may not know them: not to be saved."""
    sections, others = sections_of(review)
    if not can_see_names(user, review.placement):
        sections, others = _redacted(review, sections, others, redactor(user, review.placement))
    shown = evidence.by_objective(review.placement, user)
    sections = [replace(each, items=shown.get(each.objective.number, ())) for each in sections]
    moves = {move.name for move in review.machine.moves_from(review.status)}
    return ReviewPage(
        review=review,
        sections=sections,
        other_days=others,
        depth=diary.depth(user, review.placement),
        reads_answers=permissions.reads_answers(user, review),
        can_print=can_see_names(user, review.placement) and permissions.reads_answers(user, review),
        can_write=permissions.can_write_review(user, review),
        can_comment="comment" in moves and permissions.is_commentator(user, review),
        can_decide=bool(moves & {"accept", "return", "waive"}) and permissions.decides(user, review),
    )


def _redacted(
    review: ImpactReview, sections: list[Section], others: list[DiaryEvidence], redact: Redactor
) -> tuple[list[Section], list[DiaryEvidence]]:
    for name in ("summary", "standards", "head_comment", "return_reason"):
        setattr(review, name, redact(getattr(review, name)))
    for section in sections:
        for thing in filter(None, (section.objective, section.answer)):
            for name in ("text", "criterion", "baseline", "evidence", "next_steps"):
                if hasattr(thing, name):
                    setattr(thing, name, redact(getattr(thing, name)))
    hidden = [replace(s, days=[_without(d, redact) for d in s.days]) for s in sections]
    return hidden, [_without(day, redact) for day in others]


def _without(day: DiaryEvidence, redact: Redactor) -> DiaryEvidence:
    return replace(day, priorities=redact(day.priorities), evidence=redact(day.evidence))


def openable(placement: Placement, today: date) -> bool:
    """This term's review has not been opened for the placement yet."""
    term = calendar.term_on(today)
    return term is not None and not ImpactReview.objects.filter(placement=placement, term=term).exists()


def _evidence(entry: DiaryEntry) -> DiaryEvidence:
    return DiaryEvidence(entry.day.on, entry.priorities, entry.evidence)


def whose_turn(keys: Sequence[int]) -> list[Addressee]:
    """Those for whom these reviews wait: ASTs, and headteachers of the host schools. Three queries (R-20.12)."""
    found = ImpactReview.objects.filter(pk__in=keys).with_people().order_by("placement__post__user__name_key", "pk")
    asts = [
        Addressee.of(each.placement.post.user, about=each.placement.host.name)
        for each in found
        if each.status in REVIEW_WITH_AST
    ]
    hosts = [each.placement.host_id for each in found if each.status == ReviewStatus.SUBMITTED]
    return [*asts, *(mailings.heads(hosts) if hosts else [])]
