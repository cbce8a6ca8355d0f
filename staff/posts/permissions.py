"""Who may do what with posts and people: predicates that agree with `visible_to` (section G)."""

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office
from staff.accounts.querysets import is_in_group
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post
from staff.posts.querysets import SEES_ALL


def is_home_head(user: User, post: Post) -> bool:
    """Is a headteacher of the school that employs this AST."""
    return post.home_id in user.schools_as(Role.HEADTEACHER)


def is_own(user: User, post: Post) -> bool:
    """Is this AST."""
    return bool(post.user_id == user.pk and user.has_role(Role.AST))


def is_of_group(user: User, post: Post) -> bool:
    """Is a consultant for one of the AST's subjects, and the phase. No query where the subjects were prefetched."""
    return user.has_role(Role.CONSULTANT) and is_in_group(
        user, [each.subject for each in post.expertise.all()], post, "home"
    )


def can_see(user: User, post: Post) -> bool:
    """Whether this person may open the AST's page; `PostQuerySet.visible_to` asks the database the same (section G)."""
    if is_coordinator(user) or is_home_head(user, post) or is_own(user, post):
        return True
    governs = post.home_id in user.schools_as(Role.GOVERNOR)
    if post.status in POST_KNOWN and (governs or user.has_role(*SEES_ALL)):
        return True
    return is_of_group(user, post)


def can_edit_profile(user: User, post: Post) -> bool:
    """The AST, the home head and the office (section G: RU own)."""
    return is_office(user) or is_own(user, post) or is_home_head(user, post)


def can_set_pattern(user: User, post: Post) -> bool:
    """The home head says when the AST is free for outreach (R-4.10); the office enters it for the head."""
    return is_office(user) or is_home_head(user, post)


def leads(user: User, post: Post) -> bool:
    """Leads the AST for the authority: the co-ordinator, a consultant of the group; nobody themselves (R-3.4).

    `PostQuerySet.led_by` asks the database the same.
    """
    return post.user_id != user.pk and (is_coordinator(user) or is_of_group(user, post))


def sees_assessment(user: User, post: Post) -> bool:
    """When and by whom the AST was assessed (section G*): not administrators, officers or governors."""
    return is_coordinator(user) or is_home_head(user, post) or is_own(user, post) or is_of_group(user, post)


def sees_aims(user: User, post: Post) -> bool:
    """Where the AST wants to go from here (R-3.5): the office, the AST, the own head, the consultant of the group."""
    return is_office(user) or sees_assessment(user, post)


def sees_funding(user: User, post: Post) -> bool:
    """Where the money comes from (section G*): the co-ordinator, the AST, and the school that employs the AST."""
    governs = post.home_id in user.schools_as(Role.GOVERNOR)
    return is_coordinator(user) or is_home_head(user, post) or is_own(user, post) or governs


def sees_leaving(user: User, post: Post) -> bool:
    """Where the AST goes and why (R-3.16): the office, the AST, and the own head. The last day all may see."""
    return is_office(user) or is_own(user, post) or is_home_head(user, post)


def looks_at_somebody(user: User, post: Post) -> bool:
    """Whether this reader is shown protected data of somebody else, which is recorded (R-16.3)."""
    return not is_own(user, post) and (sees_assessment(user, post) or sees_funding(user, post))
