"""Who asks for another share of time, and who answers (section G, R-4.7)."""

from placements.variations.models import TimeVariation
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post
from staff.posts.permissions import is_home_head, is_own

HOME, OFFICE = "home", "office"
"""The two sides that must both say yes."""


def can_ask(user: User, post: Post) -> bool:
    """The AST and the home headteacher."""
    return is_own(user, post) or is_home_head(user, post)


def sides_to_answer(user: User, variation: TimeVariation) -> list[str]:
    """For which sides this person may still answer."""
    waiting = (
        (HOME, variation.home_by_id, is_home_head(user, variation.post)),
        (OFFICE, variation.office_by_id, is_coordinator(user)),
    )
    return [side for side, agreed, may in waiting if agreed is None and may]


def can_withdraw(user: User, variation: TimeVariation) -> bool:
    """Those who may ask; and the co-ordinator, who may have been told on the telephone."""
    return can_ask(user, variation.post) or is_coordinator(user)
