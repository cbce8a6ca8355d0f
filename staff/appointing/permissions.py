"""Who names, changes and closes a candidature; the rest is the co-ordinator's (requirements E, section G*)."""

from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.openings.models import Opening
from staff.openings.permissions import can_keep
from staff.posts.models import Post
from staff.posts.permissions import is_home_head


def can_name(user: User, opening: Opening) -> bool:
    """The own head, or the co-ordinator."""
    return can_keep(user, opening)


def can_keep_candidate(user: User, post: Post) -> bool:
    """Changes what was entered of a candidate, or closes the candidature."""
    return is_coordinator(user) or is_home_head(user, post)
