"""What scopes on every floor begin with: who sees all, who sees nothing, a consultant’s subjects (section G)."""

from typing import TYPE_CHECKING

from django.db.models import Q

from astcoord.core.roles import Role

if TYPE_CHECKING:
    from staff.accounts.models import User

OFFICE_AND_OFFICER = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER)
NOTHING = Q(pk__in=[])


def consultant_subjects(user: "User") -> set[str]:
    """The subjects of a consultant's group (R-3.4)."""
    return {s for a in user.current_roles if a.role == Role.CONSULTANT for s in a.subjects}
