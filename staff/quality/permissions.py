"""Who does what with QA visits, in agreement with `visible_to` (section G*)."""

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.accounts.permissions import heads
from staff.posts.models import Post
from staff.posts.permissions import is_own, leads
from staff.quality.lifecycle import WITH_AST, WRITTEN
from staff.quality.models import QaVisit


def can_visit(user: User, post: Post) -> bool:
    """Plans and writes up: the co-ordinator, and a consultant of the group; nobody of themselves (R-3.7)."""
    return leads(user, post)


def can_keep(user: User, visit: QaVisit) -> bool:
    """Whoever may visit this AST."""
    return can_visit(user, visit.post)


def can_comment(user: User, visit: QaVisit) -> bool:
    """The AST who was visited."""
    return is_own(user, visit.post)


def reads_report(user: User, visit: QaVisit) -> bool:
    """Outcome, strengths, actions and comment (section G*): the AST once it is shared, the head once the AST agrees."""
    if can_keep(user, visit):
        return visit.status in WRITTEN
    agreed = visit.head_may_read and heads(user, visit.post.home_id)
    return visit.status in WITH_AST and (is_own(user, visit.post) or agreed)


def reads_outcomes(user: User) -> bool:
    """Counts ASTs by outcome (R-3.6): the co-ordinator, a consultant the group, an officer sums; no administrator."""
    return bool(user.has_role(Role.COORDINATOR, Role.CONSULTANT, Role.OFFICER))
