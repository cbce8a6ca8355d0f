"""Who says what follows a school that closed."""

from typing import TYPE_CHECKING, Any

from astcoord.core.roles import Role

if TYPE_CHECKING:
    from staff.accounts.models import User


def can_settle(user: "User", obj: Any = None) -> bool:
    """The co-ordinator: it gives and ends roles, and moves what others have signed for."""
    return bool(user.has_role(Role.COORDINATOR))
