"""The impact reviews of a school's placements, on its own page (R-20.6)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.finding import list_url
from astcoord.core.roles import AUTHORITY
from astcoord.core.words import say
from astcoord.ui import about
from astcoord.ui.about import Card
from evaluation.reviews.models import ImpactReview
from schools.register.models import School
from schools.succession.models import Succession
from staff.accounts.models import User
from staff.accounts.permissions import heads

MOST = 5


def register() -> None:
    about.register_cards(School, _cards_of_school, order=60)


def _cards_of_school(school: School, user: User) -> Iterator[Card]:
    """The last ones, for those who read them. One query."""
    if not (user.has_role(*AUTHORITY) or heads(user, school.pk)):
        return
    there = Succession.objects.of_line("placement__host", school.pk)
    found = ImpactReview.objects.visible_to(user).filter(there).select_related("term", "placement__post__user")
    lines = tuple(
        (_words(each), each.get_status_display(), reverse("evaluation:review", args=[each.pk]))
        for each in found.order_by("-due_on", "-pk")[:MOST]
    )
    links = (("All its reviews", list_url("evaluation:reviews", school=str(school.urn))),)
    yield Card("Impact reviews", lines, links, say("No placement here has had a review yet."))


def _words(review: ImpactReview) -> str:
    return f"{review.term}, {review.placement.post.name}"
