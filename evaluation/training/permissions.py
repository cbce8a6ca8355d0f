"""Who says and who reads what a school's training plan does for its ASTs (R-1.8). Agrees with `visible_to`."""

from astcoord.core.roles import AUTHORITY, OFFICE, Role
from evaluation.training.models import TrainingStatement
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_office

KEEPERS = OFFICE | {Role.HEADTEACHER}
READERS = KEEPERS | {Role.AST}
MISSING = AUTHORITY - {Role.CONSULTANT}
"""Who reads which schools have none."""


def can_keep(user: User, row: TrainingStatement) -> bool:
    """The school’s own headteacher; the office enters what came on paper."""
    return is_office(user) or heads(user, row.school_id)
