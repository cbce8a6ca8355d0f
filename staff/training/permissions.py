"""Who records role training, and who reads what is wanting, in agreement with `visible_to` (section G, R-3.21)."""

from astcoord.core.roles import AUTHORITY, OFFICE, Role
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.posts.models import Post
from staff.posts.permissions import is_home_head, is_of_group, is_own
from staff.training.models import TrainingCoordinator

KEEPERS = OFFICE | {Role.CONSULTANT, Role.AST}
READERS = KEEPERS | {Role.HEADTEACHER}
GAPS = AUTHORITY | {Role.AST}
"""An AST only as training co-ordinator."""
MAY_BE_NAMED = (Role.CONSULTANT, Role.AST)


def can_keep(user: User, post: Post) -> bool:
    """The AST, the office, and a consultant of the group."""
    return is_office(user) or is_own(user, post) or is_of_group(user, post)


def can_read(user: User, post: Post) -> bool:
    """Also the own headteacher."""
    return can_keep(user, post) or is_home_head(user, post)


def coordinates_training(user: User) -> bool:
    """R-3.21: is named, and still a consultant or an AST. One query for these, none for anybody else."""
    return user.has_role(*MAY_BE_NAMED) and TrainingCoordinator.objects.current().filter(user=user).exists()


def reads_gaps(user: User) -> bool:
    """The authority, a consultant of the group; an AST only as training co-ordinator."""
    return user.has_role(*AUTHORITY) or coordinates_training(user)
