"""Observations between ASTs on an AST’s first page and in the menu (R-3.14)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import calendars, home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.peers import dates
from staff.peers.lifecycle import PeerStatus
from staff.peers.models import PeerObservation


def register() -> None:
    """What this room puts on the first page and in the menu."""
    calendars.register(dates.of)
    home.register(tasks=tasks, order=67)
    hint = say("Watch another AST teach, or be watched, if you both agree")
    navigation.register(Role.AST, "Observations", "staff:peer_observations", 76, hint=hint)


def tasks(user: User, today: date) -> Iterator[Task]:
    """What waits for this AST: an answer, or to record what took place. One query."""
    if not user.has_role(Role.AST):
        return
    for row in PeerObservation.objects.of(user).open().whole():
        if row.status == PeerStatus.PROPOSED and row.asked_by_id != user.pk:
            yield Task(f"Answer {row.other_than(user).name}, who proposes an observation", row.get_absolute_url())
        elif row.status == PeerStatus.BOOKED and row.on and row.on <= today:
            yield Task(f"Record the observation: {row}", row.get_absolute_url(), due=row.on)
