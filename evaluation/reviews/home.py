"""Where impact reviews stand in the menu."""

from astcoord.core import calendars, week
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.week import Kind
from astcoord.ui import navigation
from evaluation.reviews import dates
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.querysets import ReviewQuerySet
from placements.overview.home import placements_of
from staff.accounts.models import User

HINT = "What each term’s impact review says of every objective, and which are still to come"
TO_WRITE = Kind(
    one="review to be written",
    many="reviews to be written",
    action="Open the review",
    rows=lambda user: of_office(user).with_ast(),
    due="due_on",
    page="evaluation:review",
    listed="evaluation:reviews",
    school="placement__host__name",
    ast="placement__post__user__name",
    owner="placement__request__owner__name",
)
"""R-20.2: impact reviews that are with the AST."""


def of_office(user: User) -> ReviewQuerySet:
    """All reviews for one of the office; none for others."""
    return ImpactReview.objects.all() if user.role_set & OFFICE else ImpactReview.objects.none()


def register() -> None:
    """What this room puts in the menu and in people's calendars."""
    calendars.register(dates.of)
    week.register(TO_WRITE)
    for role in (*AUTHORITY, Role.AST, Role.HEADTEACHER):
        navigation.register(
            role, "Reviews", "evaluation:reviews", 52, hint=HINT, group=navigation.REQUESTS, under=placements_of(role)
        )
