"""Who does what with network meetings, in agreement with `visible_to` (section G, row “CPD, network”)."""

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.accounts.querysets import consultant_subjects
from staff.networks.lifecycle import MeetingKind
from staff.networks.models import Invitation, NetworkMeeting
from staff.posts.permissions import is_own

KEEPERS = OFFICE | {Role.CONSULTANT}
READERS = KEEPERS | {Role.AST, Role.HEADTEACHER}
FIGURES = KEEPERS | {Role.OFFICER}
"""Officers read sums."""


def can_keep(user: User, meeting: NetworkMeeting) -> bool:
    """The office, and a consultant meetings of one of the own subjects."""
    of_subject = meeting.kind == MeetingKind.SUBJECT and meeting.subject in consultant_subjects(user)
    return is_office(user) or of_subject


def can_reply(user: User, invitation: Invitation) -> bool:
    """The AST who is invited."""
    return is_own(user, invitation.post)
