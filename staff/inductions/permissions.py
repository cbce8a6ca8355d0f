"""Who keeps an induction, and who reads of it, in agreement with `visible_to` (section G, R-3.4)."""

from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.permissions import leads, sees_assessment


def can_keep(user: User, post: Post) -> bool:
    """Logs meetings and ticks steps: who leads this AST for the authority, and nobody else (R-3.2, R-3.4)."""
    return leads(user, post)


def reads_meetings(user: User, post: Post) -> bool:
    """What came before the assessment is read like the assessment (section G*); the steps by all who see the AST."""
    return sees_assessment(user, post)
