"""Forms, reviews and offers that are asked of the headteacher of a school, and go on to the next one (R-17.7)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.consequences import Hanging
from evaluation.estimates.models import Offer
from evaluation.evaluations.lifecycle import AskedOf, EvaluationStatus
from evaluation.evaluations.models import Evaluation
from evaluation.half_way.models import HalfWayReview
from evaluation.reviews.lifecycle import ReviewStatus
from evaluation.reviews.models import ImpactReview
from staff.accounts.events import NewHead


def forms(event: NewHead) -> Iterator[Hanging]:
    """Evaluations asked of the host head, begun or not. One query."""
    rows = Evaluation.objects.asked(today()).filter(asked_of=AskedOf.HOST_HEAD, placement__host=event.school)
    for form in rows.select_related("placement__host", "placement__post__user").order_by("pk"):
        begun = form.status != EvaluationStatus.DUE
        fate = "What is filled in stays: the new headteacher goes on" if begun else "Asked of the new headteacher"
        url = reverse("evaluation:evaluation", args=[form.pk])
        yield Hanging(f"{form.get_kind_display()}, {form.placement}", fate, url, undecided=True)


def offers(event: NewHead) -> Iterator[Hanging]:
    """Offers of help that nobody has answered (R-11.12). One query."""
    for offer in Offer.objects.waiting().filter(school=event.school).select_related("school").order_by("pk"):
        yield Hanging(str(offer), "The new headteacher answers it", offer.get_absolute_url(), undecided=True)


def reviews(event: NewHead) -> Iterator[Hanging]:
    """Impact reviews that wait for the host head's comment. One query."""
    rows = ImpactReview.objects.filter(status=ReviewStatus.SUBMITTED, placement__host=event.school)
    for review in rows.select_related("placement__host", "placement__post__user", "term").order_by("pk"):
        what = f"{review.term.name}, {review.placement}"
        url = reverse("evaluation:review", args=[review.pk])
        yield Hanging(what, "The new headteacher comments on it", url, undecided=True)


def half_way(event: NewHead) -> Iterator[Hanging]:
    """Half-way reviews to which nobody of the host school has answered (R-19.2). One query."""
    rows = HalfWayReview.objects.asked().filter(host_at=None, placement__host=event.school)
    for review in rows.select_related("placement__host", "placement__post__user").order_by("pk"):
        yield Hanging(str(review), "The new headteacher says how it goes", review.get_absolute_url(), undecided=True)
