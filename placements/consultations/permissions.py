"""Who fills in which part of an initial consultation (R-8.18): no signature is asked of anybody."""

from placements.activities.lifecycle import INREACH_OPEN
from placements.activities.models import InreachAgreement
from placements.consultations.lifecycle import Side
from placements.placement.lifecycle import PLACEMENT_OPEN
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.posts.permissions import is_home_head, is_own

About = Placement | InreachAgreement


def can_fill(user: User, about: About, side: str) -> bool:
    """The school's head and the AST each their own part, while it may still begin; the office from paper."""
    if about.status not in (PLACEMENT_OPEN if isinstance(about, Placement) else INREACH_OPEN):
        return False
    if is_office(user):
        return True
    if isinstance(about, Placement):
        return is_host_head(user, about) if side == Side.SCHOOL else is_ast_of(user, about)
    return is_home_head(user, about.post) if side == Side.SCHOOL else is_own(user, about.post)
