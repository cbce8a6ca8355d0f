"""Who may read and write diaries, reviews and summaries (section G). Agrees with the querysets."""

from typing import Any

from astcoord.core.roles import Role
from evaluation.lifecycle import REVIEW_WITH_AST, DiaryStatus
from evaluation.models import DiaryEntry, ImpactReview
from evaluation.rules.diary import Depth
from placements import policy as placements
from placements.lifecycle import PLACEMENT_UNDER_WAY
from placements.models import Placement


def depth(user: Any, placement: Placement) -> Depth:
    """How much of a placement's diary and reviews this person reads: the best of the person's roles counts."""
    if placements.reads_days_whole(user, placement):
        return Depth.ALL
    if placements.is_home_head(user, placement):
        return Depth.PRIORITIES
    return Depth.TIME if user.has_role(Role.OFFICER) else Depth.NOTHING


def can_write_diary(user: Any, placement: Placement) -> bool:
    """The AST; the office enters what came on paper (R-3.3)."""
    return bool(placements.can_plan_day(user, placement))


def can_edit_entry(user: Any, entry: DiaryEntry) -> bool:
    """A draft by its author, a submitted entry by the AST or the office until the term is closed (R-10.8)."""
    if entry.status == DiaryStatus.LOCKED:
        return False
    if entry.status == DiaryStatus.DRAFT:
        return bool(entry.author_id == user.pk)
    return can_write_diary(user, entry.day.placement)


def can_open_review(user: Any, placement: Placement) -> bool:
    """The office, for an active placement."""
    return placements.is_office(user) and placement.status in PLACEMENT_UNDER_WAY


def can_write_review(user: Any, review: ImpactReview) -> bool:
    """The placement's own AST, while it is the AST's turn."""
    return placements.is_ast_of(user, review.placement) and review.status in REVIEW_WITH_AST


def is_author(user: Any, review: ImpactReview) -> bool:
    """The placement's own AST (the gate asks for the state itself)."""
    return placements.is_ast_of(user, review.placement)


def is_commentator(user: Any, review: ImpactReview) -> bool:
    """The host headteacher."""
    return placements.is_host_head(user, review.placement)


def decides(user: Any, review: ImpactReview) -> bool:
    """The co-ordinator; the administrator approves nothing."""
    return placements.is_coordinator(user)


def reads_answers(user: Any, review: ImpactReview) -> bool:
    """Whether the AST's words are shown: the author always, others once they have been submitted."""
    return review.status not in REVIEW_WITH_AST or is_author(user, review)
