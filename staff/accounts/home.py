"""Where people stand in the menu."""

from datetime import date

from django.urls import reverse

from astcoord.core import opening, policy
from astcoord.core.opening import SetUpStep
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.ui import navigation
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator


def register() -> None:
    """What this room puts in the menu and on the set-up list."""
    opening.register("heads", set_up, order=50)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        navigation.register(role, "People", "staff:people", order=80, hint="Who can sign in, and in which role")


def set_up(user: User, on: date) -> SetUpStep:
    """Headteachers who can sign in. Two queries."""
    served = School.objects.served(policy.in_force(on))
    count, with_head = (
        served.count(),
        served.filter(pk__in=RoleAssignment.objects.of_heads(on).values("school")).count(),
    )
    said = f"{with_head} of {counted(count, 'school')} have a headteacher with an account"
    if not count:
        said = "After the schools: who asks and signs for them"
    done = bool(count) and with_head == count
    url = reverse("staff:heads_uninvited") if is_coordinator(user) else ""
    return SetUpStep("Headteachers invited", url, done=done, said=said, may_be_left=bool(with_head))
