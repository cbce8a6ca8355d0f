"""Observations between two ASTs in the own calendars of the two (R-3.14, R-18.3)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import calendars
from astcoord.core.calendars import Entry
from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts.models import User
from staff.peers.lifecycle import PeerStatus
from staff.peers.models import PeerObservation


def of(user: User, today: date) -> Iterator[Entry]:
    """Those with a day. One query."""
    if not user.has_role(Role.AST):
        return
    rows = PeerObservation.objects.of(user).filter(on__gte=today - calendars.BACK)
    for row in rows.whole().order_by("on", "pk"):
        yield entry(row, to=user)


def entry(row: PeerObservation, *, to: User) -> Entry:
    """Whom one meets, not what is looked at."""
    if row.on is None:
        raise ValueError("no day has been booked")
    school = row.observed.home
    return Entry(
        about=row,
        on=row.on,
        title=say("Observation between ASTs: {name}").format(name=row.other_than(to).name),
        place=school.name,
        path=row.get_absolute_url(),
        cancelled=row.status == PeerStatus.CANCELLED,
    )
