"""Impact reviews that are due while an AST is away (R-20.4)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core.consequences import Hanging
from astcoord.core.wording import date_words
from astcoord.core.words import say
from evaluation.reviews.models import ImpactReview
from staff.posts.events import AWAY, Away


def of_absence(event: Away) -> Iterator[Hanging]:
    """Those that wait for the AST and are due in that time. One query."""
    waiting = ImpactReview.objects.with_ast().filter(placement__post=event.post)
    due = waiting.filter(due_on__range=(event.first, event.last or date.max)).with_people()
    for review in due.order_by("due_on", "pk"):
        what = f"{review.term.name}, {review.placement.host.name}: due on {date_words(review.due_on)}"
        yield Hanging(
            what,
            say("Stays due: the AST writes it before or after."),
            reverse("evaluation:review", args=[review.pk]),
            undecided=True,
        )


def register() -> None:
    """Called when the software starts."""
    AWAY.register("Impact reviews", of_absence, order=40)
