"""Who enters and reads what a placement has cost (R-11.13, section G). Agrees with `visible_to`."""

from astcoord.core.roles import OFFICE, Role
from placements.placement.models import Placement
from placements.placement.permissions import is_home_head
from staff.accounts.models import User
from staff.accounts.permissions import is_office

KEEPERS = OFFICE | {Role.HEADTEACHER}
"""The office, and a headteacher for ASTs of the own school: what cover and travel cost is theirs to know."""
SUMS_ONLY = frozenset({Role.GOVERNOR, Role.OFFICER})
"""They read sums: governors those of ASTs of the own school, officers all."""
READERS = KEEPERS | SUMS_ONLY


def keeps_cost(user: User, placement: Placement) -> bool:
    """Enters, corrects and reads it. Host headteachers, who read nothing of cover, do not."""
    return is_office(user) or is_home_head(user, placement)
