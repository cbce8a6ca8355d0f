"""Offers to talk to other heads, and introductions, of an account that is merged into another one (R-17.7, R-1.7)."""

from collections.abc import Iterator

from django.db.models import QuerySet

from astcoord.core.consequences import Hanging
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.openings.models import Introduction, TalkOffer


def merged(event: Merging) -> Iterator[Hanging]:
    """Two queries."""
    if TalkOffer.objects.filter(user=event.other).exists():
        yield Hanging("Offer to talk to other headteachers", "Goes over")
    for each in _introductions(event).select_related("opening__school"):
        yield Hanging(f"Introduction to the headteacher of {each.opening.school.name}", "Goes over")


def carry_merged(event: Merging, by: User | None) -> None:
    """Of two offers, the one of the account that goes on stays; of two introductions to one school, its own."""
    mine = TalkOffer.objects.filter(user=event.other)
    if TalkOffer.objects.filter(user=event.keep).exists():
        mine.delete()
    else:
        event.move(mine, "user")
    event.move(_introductions(event), "colleague")


def _introductions(event: Merging) -> QuerySet[Introduction]:
    known = Introduction.objects.filter(colleague=event.keep).values("opening")
    return Introduction.objects.filter(colleague=event.other).exclude(opening__in=known)
