"""Who may read and write diaries, reviews and summaries (section G). Agrees with the querysets."""

from astcoord.core.roles import Role
from evaluation.diary.lifecycle import DIARY_CLOSED, DiaryStatus
from evaluation.diary.models import DiaryEntry
from evaluation.diary.rules import Depth
from placements.days import permissions
from placements.placement import permissions as placements
from placements.placement.models import Placement
from staff.accounts.models import User


def depth(user: User, placement: Placement) -> Depth:
    """How much of a placement's diary and reviews this person reads: the best of the person's roles counts."""
    if placements.reads_days_whole(user, placement):
        return Depth.ALL
    if placements.is_home_head(user, placement):
        return Depth.PRIORITIES
    return Depth.TIME if user.has_role(Role.OFFICER) else Depth.NOTHING


def can_write_diary(user: User, placement: Placement) -> bool:
    """The AST; the office enters what came on paper (R-3.3)."""
    return bool(permissions.can_plan_day(user, placement))


def can_edit_entry(user: User, entry: DiaryEntry) -> bool:
    """A draft by its author, a submitted entry by the AST or the office until the term is closed (R-10.8)."""
    if entry.status == DiaryStatus.DRAFT:
        return bool(entry.author_id == user.pk)
    return entry.status == DiaryStatus.SUBMITTED and can_write_diary(user, entry.day.placement)


def can_ask_correction(user: User, entry: DiaryEntry) -> bool:
    """Once the term is closed, the AST, or the office for the AST, asks for what may be changed before (R-10.8)."""
    return entry.status in DIARY_CLOSED and can_write_diary(user, entry.day.placement)
