"""What posts to fill want of people on their first page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.openings.lifecycle import OpeningStatus
from staff.openings.models import Opening

OWN: dict[str, str] = {
    OpeningStatus.DISCUSSED: "Record the governors’ decision",
    OpeningStatus.APPROVED: "Name the candidate, or advertise",
    OpeningStatus.ADVERTISED: "Name the candidate",
}
"""What waits for the head; the first for governors too."""


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=55)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER):
        navigation.register(
            role,
            say("AST posts to fill"),
            "staff:openings",
            order=51,
            hint=say("Schools that ask about an AST, from the first talk to the candidate"),
        )
    for role in (Role.HEADTEACHER, Role.GOVERNOR):
        hint = say("Ask about an AST post, and see how far yours is")
        navigation.register(role, say("Employ an AST"), "staff:openings", order=46, hint=hint)


def tasks(user: User, today: date) -> Iterator[Task]:
    """New enquiries for the co-ordinator, the own school's next step for heads and governors. One query each."""
    if user.has_role(Role.COORDINATOR):
        stage = OpeningStatus.ENQUIRY
        if count := Opening.objects.filter(status=stage).aggregate(many=Count("pk"))["many"]:
            url = f"{reverse('staff:openings')}?status={stage}"
            yield Task(say("Schools that ask about employing an AST"), url, count=count)
    headed = user.schools_as(Role.HEADTEACHER)
    if schools := headed | user.schools_as(Role.GOVERNOR):
        mine = Opening.objects.filter(school__in=schools, status__in=OWN).select_related("school")
        for each in mine.order_by("pk"):
            if each.school_id in headed or each.status == OpeningStatus.DISCUSSED:
                yield Task(f"{OWN[each.status]}: {each}", each.get_absolute_url())
