"""Who may change schools and the calendar (section G, first row). Reading is `School.objects.visible_to`."""

from typing import TYPE_CHECKING

from astcoord.core.roles import Role
from schools.calendar.permissions import can_edit
from schools.register.models import School

if TYPE_CHECKING:
    from staff.accounts.models import User


def can_edit_contacts(user: "User", school: School) -> bool:
    """The office for every school; a headteacher for the own one."""
    return can_edit(user) or (Role.HEADTEACHER in user.role_set and school.pk in user.schools_as(Role.HEADTEACHER))
