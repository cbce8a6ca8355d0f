"""Who opens, writes, comments on and decides a review (section G). Agrees with the querysets."""

from evaluation.reviews.lifecycle import REVIEW_WITH_AST, ReviewStatus
from evaluation.reviews.models import ImpactReview
from placements.placement import permissions
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from staff.accounts import permissions as placements
from staff.accounts.models import User


def can_open_review(user: User, placement: Placement) -> bool:
    """The office, for an active placement."""
    return placements.is_office(user) and placement.status in PLACEMENT_UNDER_WAY


def can_write_review(user: User, review: ImpactReview) -> bool:
    """The placement's own AST, while it is the AST's turn."""
    return permissions.is_ast_of(user, review.placement) and review.status in REVIEW_WITH_AST


def is_author(user: User, review: ImpactReview) -> bool:
    """The placement's own AST (the gate asks for the state itself)."""
    return permissions.is_ast_of(user, review.placement)


def is_commentator(user: User, review: ImpactReview) -> bool:
    """The host headteacher."""
    return permissions.is_host_head(user, review.placement)


def decides(user: User, review: ImpactReview) -> bool:
    """The co-ordinator; the administrator approves nothing."""
    return placements.is_coordinator(user)


def reads_answers(user: User, review: ImpactReview) -> bool:
    """Whether the AST's words are shown: the author always, who works with the placement once they have been submitted.

    The home head and officers read the outcome (section G), and there is none before the review is accepted.
    """
    if is_author(user, review) or review.status == ReviewStatus.ACCEPTED:
        return True
    return review.status not in REVIEW_WITH_AST and permissions.reads_days_whole(user, review.placement)
