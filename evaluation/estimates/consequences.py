"""What of offers from data a new policy touches (R-16.1)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.policy_events import ADOPTING, Adopting
from evaluation.estimates.models import Offer


def register() -> None:
    """Called when the software starts."""
    ADOPTING.register("Offers of help from data", of_adopting, order=60)


def of_adopting(event: Adopting) -> Iterator[Hanging]:
    """Offers that wait for an answer, where the screen is switched off. One query."""
    if event.turns("fft_screen", to=False):
        for offer in Offer.objects.waiting().with_people():
            fate = "The school cannot answer it from that day. Withdraw it, or wait for the answer."
            yield Hanging(str(offer), fate, offer.get_absolute_url(), undecided=True)
