"""An offer of help that followed from an estimate: where it stands, and who moves it (R-5.6, R-11.12)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move


class OfferStatus(models.TextChoices):
    OFFERED = "offered", "Offered, waiting for the headteacher"
    ACCEPTED = "accepted", "Accepted, a request has begun"
    DECLINED = "declined", "Declined by the headteacher"
    WITHDRAWN = "withdrawn", "Withdrawn by the office"
    LAPSED = "lapsed", "Lapsed without an answer"


class Because(models.TextChoices):
    """Why a headteacher does without, as far as it is said."""

    HELPED = "helped", "We have other help already"
    NOT_NOW = "not_now", "Not a priority this year"
    FIGURES = "figures", "The figures do not tell the whole of it"
    OTHER = "other", "Another reason"


S = OfferStatus
OFFER_MAY_BE_MADE_AGAIN = frozenset({S.WITHDRAWN, S.LAPSED})
"""Nobody has answered it."""

OFFER = Machine(
    "offer",
    OfferStatus,
    [
        Move.of("accept", S.OFFERED, S.ACCEPTED, "Accept, and begin a request", "HH"),
        Move.of("decline", S.OFFERED, S.DECLINED, "Decline", "HH"),
        Move.of("withdraw", S.OFFERED, S.WITHDRAWN, "Withdraw the offer", "Co/Ad"),
        Move.of("lapse", S.OFFERED, S.LAPSED, "Let it lapse", "Sys"),
        Move.of("again", OFFER_MAY_BE_MADE_AGAIN, S.OFFERED, "Offer again", "Co/Ad"),
    ],
    colours={S.OFFERED: "yellow", S.ACCEPTED: "green", S.DECLINED: "grey", S.WITHDRAWN: "grey", S.LAPSED: "grey"},
)
