"""Who may do what with the list of aspirants (section G*): predicates that agree with `visible_to`."""

from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator
from staff.aspirants.models import Aspirant


def can_keep(user: User, row: Aspirant) -> bool:
    """The co-ordinator; a head what was put forward and waits."""
    return is_coordinator(user) or (row.waits and heads(user, row.school_id))


def can_take_off(user: User, row: Aspirant) -> bool:
    """The co-ordinator; a head says that the teacher has withdrawn, or has gone."""
    return row.off_on is None and (is_coordinator(user) or heads(user, row.school_id))


def can_confirm(user: User, row: Aspirant) -> bool:
    """The co-ordinator puts on the list whom a head has put forward."""
    return is_coordinator(user) and row.waits


def can_put_back(user: User, row: Aspirant) -> bool:
    """The co-ordinator; not over a candidature, which is ended where it is."""
    return is_coordinator(user) and row.off_on is not None and row.post_id is None
