"""What of the CPD log hangs on accounts that become one, and on an AST’s post that ends (R-17.7)."""

from collections.abc import Iterator
from typing import Any

from astcoord.core.consequences import Hanging
from astcoord.core.words import say
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.cpd.actions import offers
from staff.cpd.models import CpdAnswer, CpdEntry, CpdOffer
from staff.posts.events import LEAVING, Leaving


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("Offers of development", of_leaving, carry_leaving, order=77)


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Offers that were accepted and take place after the last day. One query."""
    for answer in _after(event):
        yield Hanging(f"Accepted: {answer.offer}", "Is taken back", answer.offer.get_absolute_url())


def carry_leaving(event: Leaving, by: User | None) -> None:
    """The place is free for somebody else."""
    for answer in _after(event):
        offers.take_back(answer=answer, by=None, reason=say("The AST’s post ends before"))


def merged(event: Merging) -> Iterator[Hanging]:
    """Entries and offers that the account wrote. Two queries."""
    if CpdEntry.objects.filter(recorded_by=event.other).exists():
        yield Hanging("Entries of CPD logs", "Go over, with who wrote them")
    for offer in CpdOffer.objects.filter(posted_by=event.other):
        yield Hanging(f"Offer of development: {offer}", "Goes over, with who posted it")


def carry_merged(event: Merging, by: User | None) -> None:
    """The account that goes on wrote them."""
    event.move(CpdEntry.objects.filter(recorded_by=event.other), "recorded_by")
    event.move(CpdOffer.objects.filter(posted_by=event.other), "posted_by")


def _after(event: Leaving) -> Any:
    accepted = CpdAnswer.objects.accepted().filter(post=event.post).select_related("offer", "post")
    return accepted.filter(offer__on__gt=event.last_day) if event.last_day else accepted.none()
