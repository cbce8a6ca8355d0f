"""Who keeps the CPD log, who offers and who answers, in agreement with `visible_to` (section G)."""

from astcoord.core.roles import AUTHORITY, OFFICE, Role
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.accounts.querysets import consultant_subjects
from staff.cpd.models import CpdAnswer, CpdEntry, CpdOffer
from staff.posts.permissions import is_own
from staff.training.permissions import can_keep as keeps_development
from staff.training.permissions import can_read

KEEPERS = OFFICE | {Role.CONSULTANT, Role.AST}
READERS = KEEPERS | {Role.HEADTEACHER}
OFFERERS = OFFICE | {Role.CONSULTANT}
OFFER_READERS = KEEPERS
FIGURES = AUTHORITY

__all__ = ["can_read", "is_own", "keeps_development"]


def can_keep(user: User, entry: CpdEntry) -> bool:
    """The AST, the office, and a consultant of the group."""
    return keeps_development(user, entry.post)


def can_offer(user: User, subject: str) -> bool:
    """R-3.12: the office to anybody, a consultant to ASTs of the own subjects."""
    return is_office(user) or (bool(subject) and subject in consultant_subjects(user))


def can_keep_offer(user: User, offer: CpdOffer) -> bool:
    """Whoever may offer it."""
    return can_offer(user, offer.subject)


def can_answer(user: User, answer: CpdAnswer) -> bool:
    """The AST."""
    return is_own(user, answer.post)


def can_take_back(user: User, answer: CpdAnswer) -> bool:
    """The AST, and whoever keeps the offer."""
    return can_answer(user, answer) or can_keep_offer(user, answer.offer)
