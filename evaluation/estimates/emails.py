"""The e-mails around an offer of help: what the figures say, and never of whom (R-11.12)."""

from typing import Any

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.models.history import Transition
from evaluation.estimates import reads
from evaluation.estimates.models import Offer
from staff.accounts.reads import heads_or_school


def made(offer: Offer) -> None:
    """To the headteacher: what is offered, why, and that a yes only begins a request."""
    _to_heads(offer, "offer-made", grounds=reads.grounds(offer))


def withdrawn(offer: Offer) -> None:
    """To the headteacher: nothing is to be answered any more."""
    _to_heads(offer, "offer-withdrawn")


def answered(offer: Offer) -> None:
    """To the office: yes or no."""
    if office := emails.office():
        _send(offer, "offer-answered", office)


def _to_heads(offer: Offer, kind: str, **facts: Any) -> None:
    for reader in heads_or_school(offer.school, today()):
        _send(offer, kind, reader, **facts)


def _send(offer: Offer, kind: str, to: emails.Reader, **facts: Any) -> None:
    turn = Transition.objects.about(offer).count()
    template = f"evaluation/estimates/emails/{kind}.txt"
    emails.send(template, to=to, key=f"{kind}:{offer.pk}:{turn}:{to.key}", about=offer, offer=offer, **facts)
