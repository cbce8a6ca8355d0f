"""What network meetings want of people on the first page, and their entry in the menu and in calendars (R-3.13)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import calendars, home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.networks import dates, permissions
from staff.networks.reads import meetings as reads


def register() -> None:
    """What this room puts on the first page, in the menu and in people's calendars."""
    home.register(tasks=tasks, order=63)
    calendars.register(dates.of)
    hint = say("Meetings of ASTs: agenda, who comes, what was noted")
    for role in permissions.READERS:
        navigation.register(role, "Network meetings", "staff:networks", 73, hint=hint)
    sums = say("How many meetings there were, and how many ASTs came")
    navigation.register(
        Role.OFFICER, "Network meetings in numbers", "staff:network_figures", 73, hint=sums, group=navigation.REPORTS
    )


def tasks(user: User, today: date) -> Iterator[Task]:
    """An AST's invitations to answer, what a leader is to record, and that a term has no meeting. Six queries."""
    if user.has_role(Role.AST):
        for invitation in reads.waiting_for(user, today):
            meeting = invitation.meeting
            yield Task(f"Say whether you come: {meeting}", meeting.get_absolute_url(), due=meeting.on)
    if user.has_role(Role.COORDINATOR, Role.CONSULTANT):
        for meeting in reads.to_record(user, today):
            yield Task(f"Record who was there: {meeting}", meeting.get_absolute_url(), due=meeting.on)
    if user.has_role(Role.COORDINATOR) and (span := reads.missing(today)):
        yield Task(f"No network meeting yet: {span}", reverse("staff:network_add"), due=span.ends_on, hint="Plan one")
