"""Who reads which figures (section G, “Strategic reports, exports”)."""

from astcoord.core.roles import AUTHORITY, OFFICE, Role
from staff.accounts.models import User
from staff.accounts.permissions import is_office

STATISTICS = AUTHORITY
"""A consultant those of the own group."""
SHARES = LEAVERS = OFFICE | {Role.OFFICER}
RECRUITMENT = frozenset({Role.COORDINATOR, Role.OFFICER})
"""With candidates and aspirants, who are marked *: not for administrators."""


def reads_sums(user: User) -> bool:
    """Officers read sums, without the groups of one or two."""
    return bool(user.has_role(Role.OFFICER)) and not is_office(user)
