"""Who has said “I could do this” of a request, beside the ranking (R-7.9). Nobody gets a point for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from placements.allocation.exclusions import Exclusion
from placements.allocation.ranking import Ranked
from placements.offers.reads import Said


@dataclass(frozen=True)
class OfferLine:
    """One offer, and where the AST stands: “ranked 3”, or why the AST cannot be chosen."""

    offer: Said
    place: str


def offer_lines(offers: Iterable[Said], ranked: Ranked) -> Iterator[OfferLine]:
    """Everybody who has offered, also those whom the page does not show among the candidates."""
    for offer in offers:
        rank = ranked.rank_of(offer.post)
        why = ranked.why_not(offer.post) or Exclusion.NO_EXPERTISE
        yield OfferLine(offer, f"ranked {rank}" if rank else f"cannot be chosen: {why.words}")
