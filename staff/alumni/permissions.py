"""Who says what stands on the board of former ASTs, and who takes it away (R-3.17)."""

from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post


def is_leaver(post: Post) -> bool:
    """Has left, or has a last day."""
    return post.status == PostStatus.LEFT or (post.status == PostStatus.IN_POST and post.ends_on is not None)


def can_say(user: User, post: Post) -> bool:
    """The person alone, signed in or by the own link."""
    return post.user_id == user.pk and is_leaver(post)


def can_remove(user: User, post: Post) -> bool:
    """The person, and the office."""
    return post.user_id == user.pk or is_office(user)
