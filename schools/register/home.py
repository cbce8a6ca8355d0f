"""Where the register stands in the menu."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from astcoord.core import opening, policy
from astcoord.core.opening import SetUpStep
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.ui import navigation
from schools.register.models import School


def register() -> None:
    """What this room puts in the menu and on the set-up list."""
    opening.register("schools", set_up_schools, order=30)
    opening.register("contacts", set_up_contacts, order=40)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.CONSULTANT, Role.OFFICER):
        navigation.register(role, "Schools", "schools:list", order=50)
    for role in (Role.HEADTEACHER, Role.GOVERNOR):
        navigation.register(role, "Your school", "schools:own", order=50)


def set_up_schools(user: Any, on: date) -> SetUpStep:
    """The register. One query."""
    count = School.objects.served(policy.in_force(on)).count()
    said = f"{counted(count, 'school')} that letters go to" if count else "None yet: load the national register’s file"
    page = "schools:list" if count else "schools:import"
    return SetUpStep("Schools", reverse(page), done=bool(count), said=said)


def set_up_contacts(user: Any, on: date) -> SetUpStep:
    """Where letters go. One query; a school without an address gets its letter by post."""
    served = School.objects.served(policy.in_force(on))
    found = served.aggregate(all=Count("pk"), reached=Count("pk", filter=~Q(email="")))
    count, reached = found["all"], found["reached"]
    done = bool(count) and reached == count
    said = f"{reached} of {counted(count, 'school')} have an e-mail address. The others get letters by post"
    if done or not count:
        said = "All schools have an e-mail address" if done else "After the schools: their e-mail addresses and chairs"
    return SetUpStep("Contacts", reverse("schools:import_contacts"), done=done, said=said, may_be_left=reached > 0)
