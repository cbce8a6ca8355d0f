"""Who decides, who enters, who heads a school (section G, R-3.3)."""

from typing import TYPE_CHECKING, Any

from astcoord.core.roles import OFFICE, Role

if TYPE_CHECKING:
    from staff.accounts.models import User


def is_coordinator(user: "User", obj: Any = None) -> bool:
    """Decides: appointments, people, policy."""
    return bool(user.has_role(Role.COORDINATOR))


def is_office(user: "User", obj: Any = None) -> bool:
    """Enters and keeps current (R-3.3)."""
    return bool(user.has_role(*OFFICE))


def owns_cases(user: "User", obj: Any = None) -> bool:
    """Works in the office for good: a deputy takes cases on for somebody who comes back (R-20.9)."""
    return any(each.role in OFFICE and each.stands_in_for_id is None for each in user.current_roles)


def heads(user: "User", school_id: int) -> bool:
    """Is a headteacher of that school today."""
    return school_id in user.schools_as(Role.HEADTEACHER)
