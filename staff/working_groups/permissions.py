"""Who works with working groups, in agreement with `visible_to` (R-3.15)."""

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.working_groups.models import WorkingGroup

KEEPERS = OFFICE | {Role.AST}
READERS = KEEPERS | {Role.CONSULTANT}


def can_work(user: User, group: WorkingGroup) -> bool:
    """The office, and members: says what was found and what is to be done. No query where members were prefetched."""
    return is_office(user) or (
        user.has_role(Role.AST) and any(member.user_id == user.pk for member in group.members.all())
    )
