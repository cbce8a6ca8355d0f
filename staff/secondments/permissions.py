"""Who does what with proposals and secondments, in agreement with `visible_to` (section G)."""

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator
from staff.secondments.models import Proposal


def is_head(user: User, proposal: Proposal) -> bool:
    """Proposes, and is written to: a headteacher of the school. Nobody submits for the head (R-2.13)."""
    return heads(user, proposal.school_id)


def is_adviser(user: User, proposal: Proposal) -> bool:
    """Whom the co-ordinator has named to endorse (R-2.14)."""
    return bool(user.has_role(Role.CONSULTANT)) and proposal.adviser_id == user.pk


def decides(user: User, proposal: Proposal) -> bool:
    """Approves, declines, begins, ends: the co-ordinator."""
    return is_coordinator(user)


def sees_money(user: User, proposal: Proposal) -> bool:
    """Salary, range, grants and other funding: not the adviser, who endorses only (section G*)."""
    teacher = getattr(proposal, "secondment", None)
    own = teacher is not None and teacher.post.user_id == user.pk and bool(user.has_role(Role.AST))
    governs = proposal.school_id in user.schools_as(Role.GOVERNOR)
    return is_coordinator(user) or is_head(user, proposal) or own or governs


def sees_endorsement(user: User, proposal: Proposal) -> bool:
    """What the adviser said: the co-ordinator, who asked, and the adviser."""
    return is_coordinator(user) or is_adviser(user, proposal)


def can_prepare(user: User, proposal: Proposal) -> bool:
    """Records the preparation for the assessment: who guides it, the co-ordinator, the head."""
    teacher = getattr(proposal, "secondment", None)
    guides = teacher is not None and teacher.guide_id == user.pk
    return guides or is_coordinator(user) or is_head(user, proposal)
