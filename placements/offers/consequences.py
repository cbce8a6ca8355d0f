"""What of offers to help hangs on an AST's post that ends or moves (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.words import say
from placements.offers import actions
from placements.offers.models import HelpOffer
from placements.offers.querysets import HelpOfferQuerySet
from staff.accounts.models import User
from staff.posts.events import LEAVING, MOVING, Leaving, Moving


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("Offers to help", of_leaving, carry_leaving, order=58)
    MOVING.register("Offers to help", of_moving, carry_moving, order=58)


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Offers for weeks that go on after the last day. One query."""
    for offer in _beyond(event):
        yield Hanging(_what(offer), "Is taken back: the weeks asked for go on after the last day")


def carry_leaving(event: Leaving, by: User | None) -> None:
    """The co-ordinator no longer reads of them; whoever goes on elsewhere says it anew."""
    for offer in _beyond(event):
        actions.lapse(offer=offer, by=by)


def of_moving(event: Moving) -> Iterator[Hanging]:
    """Offers to the school that becomes the own one. One query."""
    for offer in _to_own(event):
        yield Hanging(_what(offer), say("Is taken back on the day of the move: that school is the AST’s own then"))


def carry_moving(event: Moving, by: User | None) -> None:
    """Help at the own school is inreach."""
    for offer in _to_own(event):
        actions.lapse(offer=offer, by=by)


def _what(offer: HelpOffer) -> str:
    return f"{offer.request.reference}, {offer.request.host.name}: “I could do this”"


def _of_post(event: Leaving | Moving) -> HelpOfferQuerySet:
    return HelpOffer.objects.standing(event.today).filter(post=event.post).select_related("request__host", "post")


def _beyond(event: Leaving) -> HelpOfferQuerySet:
    found = _of_post(event)
    return found.filter(request__wanted_until__gt=event.last_day) if event.last_day else found.none()


def _to_own(event: Moving) -> HelpOfferQuerySet:
    return _of_post(event).filter(request__host=event.home)
