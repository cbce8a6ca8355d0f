"""Who enters, corrects and decides on attainment figures, and who reads a placement's, in agreement with `visible_to`
(section G: Co CRU; HH CRU own school)."""

from evaluation.results.lifecycle import Source
from evaluation.results.models import AttainmentResult
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head, is_of_group
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_office
from staff.accounts.querysets import OFFICE_AND_OFFICER


def can_enter(user: User, school: School) -> bool:
    """The office for any school, a headteacher for the own."""
    return is_office(user) or heads(user, school.pk)


def can_keep(user: User, result: AttainmentResult) -> bool:
    """Correct it or take it away: the office; a headteacher the school's own figures, not what was published."""
    own = result.school is not None and result.source == Source.OWN and heads(user, result.school.pk)
    return is_office(user) or own


def can_decide(user: User) -> bool:
    """Which of two figures counts."""
    return is_office(user)


def reads_decision(user: User) -> bool:
    """Why a figure counts is the office's own word."""
    return is_office(user)


def reads_results(user: User, placement: Placement) -> bool:
    """Before and after at the host school: the authority, the host head, the AST, the subject's consultant. The AST's
    own head reads of the own school alone; governors read their school's page."""
    whole = user.has_role(*OFFICE_AND_OFFICER) or is_host_head(user, placement) or is_ast_of(user, placement)
    return whole or is_of_group(user, placement)
