"""Who keeps estimates, offers help and answers an offer (R-11.12, section G). Agrees with `visible_to`."""

from astcoord.core.roles import AUTHORITY, OFFICE, Role
from evaluation.estimates.lifecycle import OfferStatus
from evaluation.estimates.models import Estimate, Offer
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_office

KEEPERS = OFFICE | {Role.HEADTEACHER}
READERS = KEEPERS | AUTHORITY | {Role.GOVERNOR, Role.AST}
OFFER_READERS = AUTHORITY | {Role.HEADTEACHER}


def can_keep(user: User, row: Estimate) -> bool:
    """The office; a head what is said of the own school."""
    return is_office(user) or heads(user, row.school_id)


def can_offer(user: User, obj: object = None) -> bool:
    """The co-ordinator's office offers, and takes an offer back."""
    return is_office(user)


def can_answer(user: User, offer: Offer) -> bool:
    """The school's headteacher alone."""
    return heads(user, offer.school_id)


def answers_now(user: User, offer: Offer) -> bool:
    """The same, while it waits for the answer."""
    return offer.status == OfferStatus.OFFERED and can_answer(user, offer)
