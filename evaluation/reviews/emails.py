"""N18: reviews opened, overdue, waiting for the next person. Subjects name schools and terms, never staff."""

from collections.abc import Iterable

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from evaluation.reviews.models import ImpactReview
from staff.accounts.models import User
from staff.accounts.reads import heads_or_school


def opened(review: ImpactReview) -> None:
    """The AST may begin."""
    _send(review, "review-opened", _active(review.placement.post.user))


def overdue(review: ImpactReview) -> None:
    """The day has passed."""
    _send(review, "review-overdue", _active(review.placement.post.user))


def submitted(review: ImpactReview) -> None:
    """The host headteacher's turn."""
    _send(review, "review-submitted", heads_or_school(review.placement.host, today()))


def returned(review: ImpactReview) -> None:
    """Back to the AST, with the co-ordinator's reason on the page."""
    _send(review, "review-returned", _active(review.placement.post.user))


def accepted(review: ImpactReview) -> None:
    """Both who wrote hear that it is done."""
    _send(review, "review-accepted", _active(review.placement.post.user, review.commented_by))


def _active(*people: User | None) -> list[Reader]:
    return [Reader.of(person) for person in people if person and person.is_active]


def _send(review: ImpactReview, kind: str, readers: Iterable[Reader]) -> None:
    """Once per kind, round of submission and person."""
    round_ = review.submitted_at.isoformat() if review.submitted_at else "first"
    for reader in readers:
        key = f"{kind}:{review.pk}:{round_}:{reader.key}"
        emails.send(f"evaluation/reviews/emails/{kind}.txt", to=reader, key=key, about=review, review=review)
