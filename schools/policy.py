"""Who may change schools and the calendar (section G, first row). Reading is `School.objects.visible_to`."""

from typing import Any

from astcoord.core.roles import OFFICE, Role
from schools.models import School


def can_edit(user: Any) -> bool:
    """Statuses, contacts, the calendar and the register: the co-ordinator's office (R-1.1, R-1.2)."""
    return bool(user.role_set & OFFICE)


def can_edit_contacts(user: Any, school: School) -> bool:
    """The office for every school; a headteacher for the own one."""
    return can_edit(user) or (Role.HEADTEACHER in user.role_set and school.pk in user.schools_as(Role.HEADTEACHER))
