"""What of network meetings hangs on accounts that become one, and on an AST’s post that ends or was none (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.words import say
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.networks import actions
from staff.networks.lifecycle import MeetingStatus, Reply
from staff.networks.models import Invitation, NetworkMeeting
from staff.networks.querysets import InvitationQuerySet
from staff.posts.events import AWAY, LEAVING, TAKEN_BACK, Away, Leaving, TakenBack
from staff.posts.models import Post


def register() -> None:
    """Called when the software starts."""
    AWAY.register("Network meetings", of_absence, order=76)
    LEAVING.register("Network meetings", of_leaving, carry_leaving, order=76)
    TAKEN_BACK.register("Network meetings", of_taken_back, carry_taken_back, order=76)


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Invitations to meetings after the last day."""
    for each in _after(event):
        yield Hanging(each.meeting.title, "The invitation is taken back", each.meeting.get_absolute_url())


def carry_leaving(event: Leaving, by: User | None) -> None:
    """They are for ASTs in post."""
    for each in _after(event):
        actions.take_back(invitation=each, by=by)


def of_absence(event: Away) -> Iterator[Hanging]:
    """Meetings in the time away to which the AST is invited and has not said no (R-20.4)."""
    invited = _of(event.post).filter(meeting__status=MeetingStatus.INVITED).exclude(reply=Reply.APOLOGIES)
    invited = invited.filter(meeting__on__gte=max(event.first, event.today))
    for each in invited.filter(meeting__on__lte=event.last) if event.last else invited:
        fate = say("The invitation stands: send apologies for the AST.")
        yield Hanging(str(each.meeting), fate, each.meeting.get_absolute_url(), undecided=True)


def of_taken_back(event: TakenBack) -> Iterator[Hanging]:
    """Invitations of somebody who was not an AST after all."""
    for each in _of(event.post):
        yield Hanging(str(each.meeting), "The invitation is taken back", each.meeting.get_absolute_url())


def carry_taken_back(event: TakenBack, by: User | None) -> None:
    """Nobody was invited; the candidature can be forgotten in its time."""
    for each in _of(event.post):
        actions.take_back(invitation=each, by=by)


def merged(event: Merging) -> Iterator[Hanging]:
    """Meetings that the account leads, or has led. One query."""
    for meeting in NetworkMeeting.objects.filter(led_by=event.other).whole():
        yield Hanging(str(meeting), "Goes over, with who leads")


def carry_merged(event: Merging, by: User | None) -> None:
    """The leader is the account that goes on."""
    event.move(NetworkMeeting.objects.filter(led_by=event.other), "led_by")


def _after(event: Leaving) -> InvitationQuerySet:
    mine = _of(event.post).filter(meeting__status=MeetingStatus.INVITED)
    return mine.filter(meeting__on__gt=event.last_day) if event.last_day else mine.none()


def _of(post: Post) -> InvitationQuerySet:
    return Invitation.objects.filter(post=post).whole().select_related("meeting__cluster", "post__user", "post__home")
