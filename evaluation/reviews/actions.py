"""The termly impact review, from due to accepted (R-11.2)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from astcoord.core import gate, outbox
from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from evaluation.reviews import documents, emails, permissions, rules
from evaluation.reviews.lifecycle import Progress, ReviewStatus
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from evaluation.reviews.rules import Answer, opens_on
from evaluation.reviews.wording import sole_cause_claims
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from schools.calendar.models import Term
from staff.accounts.models import User


def open_reviews(*, term: Term, today: date) -> list[ImpactReview]:
    """One review for every active placement that ran in the term; those there are already stay as they are."""
    have = ImpactReview.objects.filter(term=term).values("placement")
    active = Placement.objects.filter(
        status__in=PLACEMENT_UNDER_WAY, starts_on__lte=term.ends_on, ends_on__gte=term.starts_on
    )
    opened = []
    for placement in active.exclude(pk__in=have).with_people():
        try:
            opened.append(open_review(placement=placement, term=term, today=today))
        except Refused:
            continue  # somebody else opened it this moment
    return opened


def open_review(*, placement: Placement, term: Term, today: date) -> ImpactReview:
    """Open one placement's review of a term; Refused if it has one, or if the placement is not active."""
    if placement.status not in PLACEMENT_UNDER_WAY:
        raise Refused(
            [Problem(say("Only an active placement has an impact review."), rule="R-11.2", code="not-active")]
        )
    try:
        with transaction.atomic():
            review = ImpactReview.objects.create(
                placement=placement, term=term, due_on=rules.due_on(term.ends_on, today)
            )
            emails.opened(review)
            return review
    except IntegrityError:
        raise Refused(
            [Problem(f"{say('This placement')} already has a review of the {term.name}.", code="exists")]
        ) from None


@transaction.atomic
def save_draft(
    *, review: ImpactReview, answers: Sequence[Answer], summary: str, by: User, standards: str = ""
) -> ImpactReview:
    """Keep what the AST has written so far."""
    review = _held(review)
    _may_write(review, by)
    _store(review, answers, summary, standards)
    if review.status == ReviewStatus.DUE:
        gate.move(review, "start", by=by, may=permissions.is_author)
    return review


@transaction.atomic
def submit(
    *, review: ImpactReview, answers: Sequence[Answer], summary: str, by: User, standards: str = ""
) -> ImpactReview:
    """Hand the review to the host headteacher: every agreed objective must be answered (R-11.2)."""
    review = _held(review)
    _may_write(review, by)
    numbers = review.placement.objectives.values_list("number", flat=True)
    refuse(rules.missing_from_review(answers, numbers, summary, standards))
    _store(review, answers, summary, standards)
    gate.move(review, "submit", by=by, may=permissions.is_author, submitted_at=timezone.now(), return_reason="")
    outbox.cancel_about(review)
    emails.submitted(review)
    return review


@transaction.atomic
def comment(*, review: ImpactReview, text: str, by: User) -> ImpactReview:
    """The host headteacher's comment, without which no review is accepted."""

    def problems(_: ImpactReview) -> list[Problem]:
        missing = [] if text.strip() else [Problem("Enter your comment", "head_comment", "R-11.2", "comment")]
        return [*missing, *sole_cause_claims(text, field="head_comment")]

    gate.move(
        review,
        "comment",
        by=by,
        may=permissions.is_commentator,
        problems=problems,
        head_comment=text.strip(),
        commented_by=by,
    )
    outbox.cancel_about(review)
    return review


@transaction.atomic
def accept(*, review: ImpactReview, by: User) -> ImpactReview:
    """The co-ordinator is content; the paper is frozen as it now reads (R-15.10)."""
    gate.move(review, "accept", by=by, may=permissions.decides, accepted_by=by, accepted_at=timezone.now())
    documents.freeze(review, by=by)
    emails.accepted(review)
    return review


def accept_each(*, reviews: Iterable[ImpactReview], by: User) -> list[ImpactReview]:
    """Accept several, each with its own transition and paper (R-18.6); those that were accepted.

    One that somebody has decided meanwhile stays as it is, and holds up no other.
    """
    accepted = []
    for review in reviews:
        try:
            accepted.append(accept(review=review, by=by))
        except Refused:
            continue
    return accepted


@transaction.atomic
def send_back(*, review: ImpactReview, reason: str, by: User) -> ImpactReview:
    """Return it to the AST with a reason; the head will comment on the new text."""
    refuse(_reason(reason))
    gate.move(
        review,
        "return",
        by=by,
        may=permissions.decides,
        reason=reason.strip(),
        return_reason=reason.strip(),
        head_comment="",
        commented_by=None,
    )
    outbox.cancel_about(review)
    emails.returned(review)
    return review


@transaction.atomic
def waive(*, review: ImpactReview, reason: str, by: User) -> ImpactReview:
    """This term's review is not needed, and why."""
    refuse(_reason(reason))
    gate.move(review, "waive", by=by, may=permissions.decides, reason=reason.strip())
    outbox.cancel_about(review)
    return review


def _reason(reason: str) -> list[Problem]:
    return [] if reason.strip() else [Problem("Enter the reason", "reason", "R-11.2", "reason")]


def _held(review: ImpactReview) -> ImpactReview:
    held: ImpactReview = ImpactReview.objects.select_for_update(of=("self",)).with_people().get(pk=review.pk)
    return held


def _may_write(review: ImpactReview, by: User) -> None:
    """The move is asked for at the gate; this keeps a late draft from changing what was submitted."""
    if not permissions.can_write_review(by, review):
        raise Refused([gate.out_of_turn(review, "Write the review")])


def _store(review: ImpactReview, answers: Sequence[Answer], summary: str, standards: str) -> None:
    objectives = {o.number: o for o in review.placement.objectives.all()}
    for answer in answers:
        if answer.number in objectives:
            evidence = answer.evidence.strip()
            # A draft may name its progress before the evidence: the row waits for both.
            progress = answer.progress if evidence or answer.progress == Progress.NOTHING else ""
            ObjectiveProgress.objects.update_or_create(
                review=review,
                objective=objectives[answer.number],
                defaults={"progress": progress, "evidence": evidence, "next_steps": answer.next_steps.strip()},
            )
    review.summary, review.standards = summary.strip(), standards.strip()
    review.save(update_fields=["summary", "standards"])


CATCH_UP = timedelta(days=14)


def remind_of_overdue_reviews(today: date) -> int:
    """Tell each AST once that a review is overdue; how many are new."""
    before = Message.objects.filter(kind="review-overdue").count()
    for review in ImpactReview.objects.overdue(today).with_people():
        emails.overdue(review)
    return Message.objects.filter(kind="review-overdue").count() - before


def open_due_reviews(today: date) -> int:
    """Open the reviews of a term whose last three weeks have begun, or which ended within a fortnight."""
    term = Term.objects.filter(starts_on__lte=today, ends_on__gte=today - CATCH_UP).order_by("-starts_on").first()
    if term is None or today < opens_on(term.ends_on):
        return 0
    return len(open_reviews(term=term, today=today))
