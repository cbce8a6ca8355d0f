"""What meetings of groups want of the co-ordinator, and their entry in the menu (R-7.6)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import home, policy
from astcoord.core.home import Task
from astcoord.core.roles import OFFICE, Role
from astcoord.ui import navigation
from placements.groups import reads
from placements.groups.lifecycle import MeetingStatus
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page and in the menu, where a group decides."""
    home.register(tasks=tasks, order=16)
    hint = "What a deployment group or subject network has before it, and what it decided"
    for role in (*OFFICE, Role.CONSULTANT):
        navigation.register(
            role,
            "Meetings of groups and networks",
            "placements:group_meetings",
            70,
            hint=hint,
            setting="group_decides",
            under="placements:queue",
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """Meetings whose day has come: who was there, then what they decided. One query."""
    if not user.has_role(Role.COORDINATOR) or not policy.in_force(today).group_decides:
        return
    for meeting in reads.to_record(today):
        what = "who was at" if meeting.status == MeetingStatus.PLANNED else "the decisions of"
        yield Task(f"Record {what} the meeting: {meeting}", meeting.get_absolute_url(), due=meeting.on)
