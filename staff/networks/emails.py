"""N25: who hears of a network meeting, and that none is planned."""

from collections.abc import Iterable
from dataclasses import replace

from astcoord.core import calendars, emails, outbox
from astcoord.core.emails import Reader
from staff.networks.dates import entry
from staff.networks.models import Invitation, NetworkMeeting

ROOM = "staff/networks/emails"


def invited(meeting: NetworkMeeting, invitations: Iterable[Invitation]) -> None:
    """The day, the place and the agenda, to ASTs who are invited now."""
    _tell("network-invitation", meeting, invitations)


def changed(meeting: NetworkMeeting, *, version: int) -> None:
    """How it is now, to everybody who is invited; an earlier change that has not gone does not go."""
    outbox.cancel_about(meeting, kind="network-changed")
    _tell("network-changed", meeting, meeting.invitations.whole(), which=f"{version}:")


def cancelled(meeting: NetworkMeeting) -> None:
    """It does not take place; what has not gone of it does not go."""
    for kind in ("network-invitation", "network-changed"):
        outbox.cancel_about(meeting, kind=kind)
    _tell("network-cancelled", meeting, meeting.invitations.whole())


def uninvited(invitation: Invitation) -> None:
    """The AST need not come, and the day leaves the own calendar."""
    _tell("network-uninvited", invitation.meeting, [invitation], gone=True)


def none_planned(span: str, slug: str) -> int:
    """To the office, once for each term or half-term; how many were written to."""
    office = emails.office()
    if office is None:
        return 0
    emails.send(f"{ROOM}/network-none.txt", to=office, key=f"network-none:{slug}", span=span)
    return 1


def _tell(
    kind: str, meeting: NetworkMeeting, invitations: Iterable[Invitation], *, which: str = "", gone: bool = False
) -> None:
    told, day = calendars.histories([meeting]), entry(meeting)
    agenda = list(meeting.agenda.all())
    for each in invitations:
        emails.send(
            f"{ROOM}/{kind}.txt",
            to=Reader.of(each.post.user),
            key=f"{kind}:{which}{each.pk}",
            about=meeting,
            calendar=[replace(day, cancelled=True)] if gone else [day],
            told=told,
            network=meeting,
            agenda=agenda,
        )
