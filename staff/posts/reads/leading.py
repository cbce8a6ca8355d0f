"""Who leads an AST for the authority (R-3.4)."""

from datetime import date

from astcoord.core.roles import Role
from staff.accounts.models import RoleAssignment, User
from staff.posts.models import Post


def leaders(post: Post, today: date) -> list[User]:
    """Co-ordinators, and consultants of the AST's subject and phase; not the AST. Two queries."""
    subjects = {each.subject for each in post.expertise.all()}
    held = RoleAssignment.objects.in_force(today).filter(
        role__in=(Role.COORDINATOR, Role.CONSULTANT), user__is_active=True
    )
    found = {
        each.user
        for each in held.exclude(user=post.user_id).select_related("user")
        if each.role == Role.COORDINATOR or each.leads(subjects, post.home)
    }
    return sorted(found, key=lambda user: (user.name, user.pk))
