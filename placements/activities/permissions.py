"""Who records work outside placements, and who agrees to inreach (section G, R-4.8, R-6.14)."""

from placements.activities.models import Activity, InreachAgreement
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office
from staff.posts.models import Post
from staff.posts.permissions import is_home_head, is_own


def can_record(user: User, post: Post) -> bool:
    """The AST, and the office from paper."""
    return is_own(user, post) or is_office(user)


def can_change(user: User, activity: Activity) -> bool:
    """Whoever may record it, as long as it has not been called off."""
    return can_record(user, activity.post) and activity.cancelled_on is None


def can_ask(user: User, post: Post) -> bool:
    """The AST, the home headteacher, and the office from paper."""
    return can_record(user, post) or is_home_head(user, post)


def can_decide(user: User, agreement: InreachAgreement) -> bool:
    """Only the co-ordinator says that inreach counts."""
    return is_coordinator(user)


def can_end(user: User, agreement: InreachAgreement) -> bool:
    """Whoever may ask for it."""
    return can_ask(user, agreement.post)
