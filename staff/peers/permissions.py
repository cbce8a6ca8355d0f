"""Who does what with an observation between ASTs, in agreement with `visible_to` (R-3.14)."""

from staff.accounts.models import User
from staff.peers.models import PeerObservation
from staff.posts.permissions import is_own


def is_one_of_both(user: User, row: PeerObservation) -> bool:
    """Watches or is watched: books, cancels, notes."""
    return is_own(user, row.observer) or is_own(user, row.observed)


def can_consent(user: User, row: PeerObservation) -> bool:
    """The one who was asked."""
    return is_one_of_both(user, row) and row.asked_by_id != user.pk
