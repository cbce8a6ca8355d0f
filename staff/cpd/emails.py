"""Who hears of a visit that waits for an evaluation, and of an offer that changes (R-3.9, R-3.12)."""

from collections.abc import Iterable
from typing import Any

from astcoord.core import emails, outbox
from astcoord.core.emails import Copy, Reader
from staff.cpd.models import CpdAnswer, CpdEntry, CpdOffer
from staff.posts.models import Post

ROOM = "staff/cpd/emails"


def unevaluated(entry: CpdEntry) -> None:
    """To the AST, once for each day on which the visit is said to have been."""
    _send("cpd-unevaluated", entry, entry.post, f"{entry.on}", cpd=entry)


def posted(offer: CpdOffer, posts: Iterable[Post]) -> None:
    """To each AST for whom it is, once, however often it is changed; later to those for whom it has come to be."""
    facts = {"cpd_offer": offer}
    copies = [Copy(Reader.of(post.user), f"cpd-offer:{offer.pk}:{post.user_id}", offer, facts) for post in posts]
    emails.send_all(f"{ROOM}/cpd-offer.txt", copies)


def changed(offer: CpdOffer, post: Post, *, version: int) -> None:
    """Another day or title, to an AST who accepted."""
    _send("cpd-offer-changed", offer, post, f"{version}", cpd_offer=offer)


def withdrawn(offer: CpdOffer, answer: CpdAnswer) -> None:
    """It does not take place, to an AST who accepted."""
    _send("cpd-offer-withdrawn", offer, answer.post, "", cpd_offer=offer)


def take_back(offer: CpdOffer) -> None:
    """What has not gone of it does not go."""
    for kind in ("cpd-offer", "cpd-offer-changed"):
        outbox.cancel_about(offer, kind=kind)


def _send(kind: str, about: Any, post: Post, which: str, **facts: Any) -> None:
    reader = Reader.of(post.user)
    key = f"{kind}:{about.pk}:{which}:{reader.key}"
    emails.send(f"{ROOM}/{kind}.txt", to=reader, key=key, about=about, **facts)
