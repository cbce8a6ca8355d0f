"""What scopes on every floor begin with: who sees all, who sees nothing, a consultant’s subjects (section G)."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from astcoord.core.roles import Role

if TYPE_CHECKING:
    from staff.accounts.models import RoleAssignment, User

OFFICE_AND_OFFICER = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER)
NOTHING = Q(pk__in=[])


def consultant_subjects(user: "User") -> set[str]:
    """The subjects of a consultant's group, for what belongs to no phase (R-3.4)."""
    return {s for group in _groups(user) for s in group.subjects}


def in_group(user: "User", subject: str, school: str) -> Q:
    """R-3.4: rows of a consultant's group, by subject and phase; none for anybody else.

    `subject` is the way to the subject, `school` that to the school whose phase counts: of an AST the own one.
    """
    found = NOTHING
    for group in _groups(user):
        rows = Q(**{f"{subject}__in": group.subjects})
        found |= rows & Q(**{f"{school}__phase__in": group.phases}) if group.phases else rows
    return found


def is_in_group(user: "User", subjects: Collection[str], row: Any, school: str) -> bool:
    """The same of one row, as `in_group` asks it of the database; `school` is the name of its school."""
    return any(group.leads(subjects, getattr(row, school)) for group in _groups(user))


def _groups(user: "User") -> list["RoleAssignment"]:
    return [each for each in user.current_roles if each.role == Role.CONSULTANT]
