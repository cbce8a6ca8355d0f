"""Who is who in a placement, and how much of it each reads (section G)."""

from astcoord.core.roles import AUTHORITY
from placements.placement.models import Placement
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_office
from staff.accounts.querysets import is_in_group


def can_work_on_protocol(user: User, placement: Placement) -> bool:
    """Host head, AST and co-ordinator record the items (requirements E); the administrator enters on paper's behalf."""
    return is_office(user) or heads(user, placement.host_id) or placement.post.user_id == user.pk


def is_ast_of(user: User, placement: Placement) -> bool:
    """The placement's own AST."""
    return bool(placement.post.user_id == user.pk)


def is_host_head(user: User, placement: Placement) -> bool:
    return heads(user, placement.host_id)


def is_home_head(user: User, placement: Placement) -> bool:
    return heads(user, placement.home_id)


def is_of_group(user: User, placement: Placement) -> bool:
    """Is the consultant of the subject, and of the phase at which the AST is employed (R-3.4)."""
    return is_in_group(user, [placement.subject], placement, "home")


def reads_days_whole(user: User, placement: Placement) -> bool:
    """More of a day than priorities and time, which is what the home headteacher reads (section G)."""
    return (
        is_office(user) or is_host_head(user, placement) or is_ast_of(user, placement) or is_of_group(user, placement)
    )


def can_see_names(user: User, placement: Placement) -> bool:
    """Names of supported staff: host head, AST and the office; the home head sees initials (section G)."""
    return is_office(user) or is_host_head(user, placement) or is_ast_of(user, placement)


def reads_whole(user: User, placement: Placement) -> bool:
    """Protocol, contract and history: the office, the parties and the subject's consultant; officers read sums (G)."""
    return reads_days_whole(user, placement) or is_home_head(user, placement)


def reads_host_school(user: User, placement: Placement) -> bool:
    """Where the host school is and how to reach it: the AST who drives there, and the authority. The host's own head
    knows it, and the home head reads of the own school alone (section G)."""
    return is_ast_of(user, placement) or user.has_role(*AUTHORITY)


def reads_offer(user: User, placement: Placement) -> bool:
    """On the placement's page, what the AST offers and what spoke for the AST: the host head, who reads neither the
    AST's own page nor the match (section G). All others who may, open these."""
    return is_host_head(user, placement)


def reads_cover(user: User, placement: Placement) -> bool:
    """How the AST's classes at home are covered, on the placement's page, which says it from day to day: not the host
    head, who reads in the contract what was agreed, nor officers and governors, who read sums (section G)."""
    office_and_home = is_office(user) or is_home_head(user, placement) or is_ast_of(user, placement)
    return office_and_home or is_of_group(user, placement)
