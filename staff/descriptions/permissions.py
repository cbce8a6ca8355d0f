"""Who writes a job description, and whose agreement it needs (section G: headteacher CRUA, AST RA)."""

from astcoord.core.words import say_later
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.descriptions.models import JobDescription
from staff.posts.lifecycle import ON_THE_WAY, POST_OVER
from staff.posts.models import Post
from staff.posts.permissions import is_home_head, is_own

HEAD, AST = "the headteacher", say_later("the AST")
"""The two sides that agree. The co-ordinator may write for the headteacher, and agrees for nobody."""


def can_write(user: User, post: Post) -> bool:
    """The own head, or the co-ordinator for the head, as long as somebody has the post or is to have it."""
    over = post.status in POST_OVER
    return not over and (is_home_head(user, post) or is_coordinator(user))


def can_change(user: User, description: JobDescription) -> bool:
    """Whoever may write one for this post."""
    return can_write(user, description.post)


def sides_of(user: User, description: JobDescription) -> list[str]:
    """For which sides this person speaks."""
    post = description.post
    candidate = post.user_id == user.pk and post.status in ON_THE_WAY
    found = ((HEAD, is_home_head(user, post)), (AST, is_own(user, post) or candidate))
    return [side for side, speaks in found if speaks]


def waits_for(description: JobDescription) -> list[str]:
    """The sides that have not agreed to what is put to them."""
    found = ((HEAD, description.head_agreed_on), (AST, description.ast_agreed_on))
    return [side for side, agreed_on in found if agreed_on is None]


def side_to_answer(user: User, description: JobDescription) -> str:
    """The side for which this person may still agree, or send it back; empty if there is none."""
    mine = sides_of(user, description)
    return next((side for side in waits_for(description) if side in mine), "")


def can_answer(user: User, description: JobDescription) -> bool:
    return bool(side_to_answer(user, description))
