"""Who does what for a school that wants an AST: the school's head and governors, and the co-ordinator (section G)."""

from astcoord.core.roles import Role
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator
from staff.openings.models import Opening


def can_ask(user: User, school: School) -> bool:
    """A head for the own school; the co-ordinator for any (R-1.7)."""
    return is_coordinator(user) or heads(user, school.pk)


def can_keep(user: User, opening: Opening) -> bool:
    """Changes what is asked for, records advertisement and candidate, closes: the own head, or the co-ordinator."""
    return is_coordinator(user) or heads(user, opening.school_id)


def can_decide(user: User, opening: Opening) -> bool:
    """R-1.4: the governors, their head, or the co-ordinator on their behalf."""
    return can_keep(user, opening) or opening.school_id in user.schools_as(Role.GOVERNOR)


def sees_introductions(user: User, opening: Opening) -> bool:
    """Who was introduced to whom: the office and the own head."""
    return bool(user.has_role(Role.COORDINATOR, Role.ADMINISTRATOR)) or heads(user, opening.school_id)
