"""N18: reviews opened, overdue, waiting for the next person. Subjects name schools and terms, never staff."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from astcoord.core import outbox
from astcoord.core.clock import today
from astcoord.core.wording import date_words
from evaluation.reviews.models import ImpactReview
from staff.accounts.models import RoleAssignment


def opened(review: ImpactReview) -> None:
    """The AST may begin."""
    _send(
        review,
        "review-opened",
        [review.placement.post.user],
        f"Impact review due by {date_words(review.due_on)}: {review.placement.host.name}",
        f"The {_term(review)} is coming to its end. Please review what your outreach at "
        f"{review.placement.host.name} has contributed to each objective, by {date_words(review.due_on)}.",
    )


def overdue(review: ImpactReview) -> None:
    """The day has passed."""
    _send(
        review,
        "review-overdue",
        [review.placement.post.user],
        f"Impact review overdue: {review.placement.host.name}, {_term(review)}",
        f"Your impact review of {review.placement.host.name} was due by {date_words(review.due_on)}. "
        "Please submit it, or tell the co-ordinator what stands in the way.",
    )


def submitted(review: ImpactReview) -> None:
    """The host headteacher's turn."""
    heads = RoleAssignment.objects.heads_of(review.placement.host, today()).select_related("user")
    _send(
        review,
        "review-submitted",
        [assignment.user for assignment in heads],
        f"Your comment on an impact review: {_term(review)}",
        f"{review.placement.post.user.name} has reviewed the {_term(review)} of the outreach at your school. "
        "Please read it and add your comment. It takes a few minutes.",
    )


def returned(review: ImpactReview) -> None:
    """Back to the AST, with the co-ordinator's reason on the page."""
    _send(
        review,
        "review-returned",
        [review.placement.post.user],
        f"Impact review returned: {review.placement.host.name}, {_term(review)}",
        "The co-ordinator has returned your impact review with a question. You can read it on the review’s page.",
    )


def accepted(review: ImpactReview) -> None:
    """Both who wrote hear that it is done."""
    people = [review.placement.post.user] + ([review.commented_by] if review.commented_by else [])
    _send(
        review,
        "review-accepted",
        people,
        f"Impact review accepted: {review.placement.host.name}, {_term(review)}",
        "The co-ordinator has accepted the impact review. You can download it from its page.",
    )


def _send(review: ImpactReview, kind: str, people: Iterable[Any], subject: str, text: str) -> None:
    """Once per kind, round of submission and person."""
    url = outbox.link(reverse("evaluation:review", args=[review.pk]))
    round_ = review.submitted_at.isoformat() if review.submitted_at else "first"
    for user in people:
        if user.is_active:
            outbox.queue(
                key=f"{kind}:{review.pk}:{round_}:{user.pk}",
                kind=kind,
                to=(user.name, user.email),
                subject=subject,
                body=f"{text}\n\n{url}\n",
                about=review,
            )


def _term(review: ImpactReview) -> str:
    return review.term.name[:1].lower() + review.term.name[1:]
