"""What of observations between ASTs hangs on an AST’s post that ends, and on accounts that become one (R-17.7)."""

from collections.abc import Iterator

from django.db.models import Q

from astcoord.core import gate
from astcoord.core.consequences import Hanging
from astcoord.core.words import say
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.peers import emails
from staff.peers.models import PeerObservation
from staff.peers.querysets import PeerQuerySet
from staff.posts.events import LEAVING, TAKEN_BACK, Leaving, TakenBack
from staff.posts.models import Post


def register() -> None:
    """Called when the software starts."""
    LEAVING.register(say("Observations between ASTs"), of_leaving, carry_leaving, order=76)
    TAKEN_BACK.register(say("Observations between ASTs"), of_taken_back, carry_taken_back, order=76)


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Those that are booked for after the last day, or not booked yet: with whom is nobody else’s business."""
    for _ in _after(event):
        yield Hanging(say("An observation with another AST"), say("Is cancelled; the other AST is told"))


def carry_leaving(event: Leaving, by: User | None) -> None:
    """They do not take place."""
    for row in _after(event):
        _cancel(row, event.post, say("The AST’s post ends before"))


def of_taken_back(event: TakenBack) -> Iterator[Hanging]:
    """Those with somebody who was not an AST after all."""
    for _ in PeerObservation.objects.of_post(event.post).open():
        yield Hanging(say("An observation with another AST"), say("Is cancelled; the other AST is told"))


def carry_taken_back(event: TakenBack, by: User | None) -> None:
    """They are between ASTs."""
    for row in PeerObservation.objects.of_post(event.post).open().whole():
        _cancel(row, event.post, "The first day in post was recorded by mistake")


def _cancel(row: PeerObservation, post: Post, why: str) -> None:
    emails.cancelled(gate.move(row, "cancel", by=None, reason=why), to=row.other_than(post.user))


def merged(event: Merging) -> Iterator[Hanging]:
    """Those between two accounts of one person, and those that the account has proposed. Two queries."""
    for _ in _between(event).open():
        yield Hanging("An observation between the two accounts", "Is cancelled")
    for _ in PeerObservation.objects.filter(asked_by=event.other):
        yield Hanging(say("An observation with another AST"), "Goes over, with who proposed it")


def carry_merged(event: Merging, by: User | None) -> None:
    """Nobody watches themselves."""
    for row in _between(event).open():
        gate.move(row, "cancel", by=None, reason="Both accounts are the same person’s")
    event.move(PeerObservation.objects.filter(asked_by=event.other), "asked_by")


def _between(event: Merging) -> PeerQuerySet:
    """Found by who proposed and who was asked, whether or not the posts have gone over already."""
    both = (event.keep.pk, event.other.pk)
    return PeerObservation.objects.filter(Q(observer__user__in=both) & Q(observed__user__in=both)).whole()


def _after(event: Leaving) -> PeerQuerySet:
    rows = PeerObservation.objects.of_post(event.post).open().whole()
    late = Q(on__gt=event.last_day) | Q(on=None)
    return rows.filter(late) if event.last_day else rows.none()
