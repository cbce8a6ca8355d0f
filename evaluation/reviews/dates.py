"""By when an AST's impact reviews are due, in the AST's own calendar (R-18.3)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core.calendars import Entry
from evaluation.reviews.models import ImpactReview
from staff.accounts.models import User


def of(user: User, today: date) -> Iterator[Entry]:
    """Reviews that wait for the AST. One query."""
    for review in ImpactReview.objects.with_ast().filter(placement__post__user=user).with_people():
        yield Entry(
            about=review,
            on=review.due_on,
            title=f"Impact review due: {review.placement.host.name}",
            path=reverse("evaluation:review_write", args=[review.pk]),
            busy=False,
        )
