"""Who may do what with an AST's pay: predicates that agree with `querysets.posts_seen` (section G)."""

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.pay.lifecycle import RangeStatus
from staff.pay.models import PayRange
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post
from staff.posts.permissions import is_home_head, is_own


def governs(user: User, post: Post) -> bool:
    """Is a governor of the school that employs this AST."""
    return post.home_id in user.schools_as(Role.GOVERNOR)


def sees_pay(user: User, post: Post) -> bool:
    """The co-ordinator, the own head and governors, the AST; governors of a candidate once they are asked."""
    if is_coordinator(user) or is_home_head(user, post) or is_own(user, post):
        return True
    return governs(user, post) and (post.status in POST_KNOWN or post.pay_ranges.exists())


def can_keep(user: User, post: Post) -> bool:
    """The own headteacher proposes and records; the co-ordinator may for the school (section G: CRU)."""
    return is_coordinator(user) or is_home_head(user, post)


def can_decide(user: User, row: PayRange) -> bool:
    """The governors of the own school, of nobody's own pay; the co-ordinator records it for them (R-2.7)."""
    return row.post.user_id != user.pk and (governs(user, row.post) or is_coordinator(user))


def can_withdraw(user: User, row: PayRange) -> bool:
    """Who proposes takes a proposal back; what the governors have approved only the co-ordinator."""
    if row.status == RangeStatus.APPROVED:
        return is_coordinator(user)
    return can_keep(user, row.post)


def can_take_back(user: User, row: PayRange) -> bool:
    """What the governors have approved."""
    return is_coordinator(user)


def can_change_funding(user: User, post: Post) -> bool:
    """What outreach is asked of an AST hangs on it, so the school does not say it alone (R-2.11)."""
    return is_coordinator(user)
