"""Network meetings in people's own calendars (R-18.3): of the ASTs who are invited, and of who leads."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q

from astcoord.core import calendars
from astcoord.core.calendars import Entry
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.networks.lifecycle import ANNOUNCED, MeetingStatus, Reply
from staff.networks.models import Invitation, NetworkMeeting


def of(user: User, today: date) -> Iterator[Entry]:
    """Invitations of an AST who did not send apologies, and meetings that this person leads. One query."""
    mine = Invitation.objects.filter(meeting=OuterRef("pk"), post__user=user).exclude(reply=Reply.APOLOGIES)
    invited = Q(Exists(mine)) if user.has_role(Role.AST) else Q(pk__in=[])
    rows = NetworkMeeting.objects.filter(invited | Q(led_by=user), status__in=ANNOUNCED)
    for meeting in rows.filter(on__gte=today - calendars.BACK).whole().order_by("on", "pk"):
        yield entry(meeting)


def entry(meeting: NetworkMeeting) -> Entry:
    """The day of a meeting; one that is cancelled leaves the calendar again."""
    return Entry(
        about=meeting,
        on=meeting.on,
        title=meeting.title,
        place=meeting.place,
        text=meeting.hours,
        path=meeting.get_absolute_url(),
        cancelled=meeting.status == MeetingStatus.CANCELLED,
    )
