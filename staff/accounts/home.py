"""Where people stand in the menu."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home, opening, policy
from astcoord.core.home import Panel, Task
from astcoord.core.opening import SetUpStep
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.ui import navigation
from schools.register.models import School
from staff.accounts import reads, second_step
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator


def register() -> None:
    """What this room puts in the menu and on the set-up list."""
    opening.register("heads", set_up, order=50)
    home.register(tasks=tasks, order=45)
    home.register(panels=offer, order=95)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        hint = "Who can sign in, and in which role"
        navigation.register(role, "People", "staff:people", order=80, hint=hint, group=navigation.OFFICE)


def tasks(user: User, today: date) -> Iterator[Task]:
    """Addresses that are a head's own, as the office says, and open nothing until it decides (R-17.5)."""
    found = reads.undecided(today) if is_coordinator(user) else []
    if found:
        hint = "Somebody else is headteacher there, or the headship has ended"
        url = f"{reverse('staff:heads_invited')}#undecided"
        yield Task("Headteachers’ addresses to decide on", url, hint=hint, count=len(found))


def offer(user: User, today: date) -> Iterator[Panel]:
    """A second step, once, to whoever needs none: it goes with the answer, whichever that is."""
    if second_step.is_offered(user):
        text = "Whoever reads your e-mail can sign in as you. You can add a second step, or say that you want none."
        yield Panel(
            "Keep your account safe", links=(("Choose about a second step", reverse("staff:second_step")),), text=text
        )


def set_up(user: User, on: date) -> SetUpStep:
    """Headteachers who can sign in, with an account or by their own address. A few queries."""
    served = School.objects.served(policy.in_force(on))
    count, with_head = (
        served.count(),
        served.filter(pk__in=RoleAssignment.objects.of_heads(on).values("school")).count(),
    )
    by_address = len(reads.may_come(on))
    said = f"{with_head} of {counted(count, 'school')} have a headteacher with an account"
    if by_address:
        said += f", {by_address} one who can sign in with the own address"
    if not count:
        said = "After the schools: who asks and signs for them"
    done = bool(count) and with_head + by_address == count
    url = reverse("staff:heads_uninvited") if is_coordinator(user) else ""
    return SetUpStep("Headteachers invited", url, done=done, said=said, may_be_left=bool(with_head + by_address))
