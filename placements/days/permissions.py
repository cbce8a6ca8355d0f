"""Who plans, confirms and calls off outreach days (section G)."""

from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_home_head, is_host_head
from staff.accounts.models import User
from staff.accounts.permissions import is_office


def can_plan_day(user: User, day_or_placement: OutreachDay | Placement) -> bool:
    """The AST plans and writes the days; the office may enter them from paper."""
    placement = day_or_placement.placement if isinstance(day_or_placement, OutreachDay) else day_or_placement
    return is_ast_of(user, placement) or is_office(user)


def can_confirm_day(user: User, day: OutreachDay) -> bool:
    """Only the host headteacher says that the school expects the AST."""
    return is_host_head(user, day.placement)


def can_cancel_day(user: User, day: OutreachDay) -> bool:
    """Those who plan, and the host headteacher."""
    return can_plan_day(user, day) or is_host_head(user, day.placement)


def can_waive_visit(user: User, placement: Placement) -> bool:
    """Either headteacher may say why there will be no visit to the AST's school (R-10.2); the office enters it."""
    return is_host_head(user, placement) or is_home_head(user, placement) or is_office(user)


def can_plan_parts(user: User, day: OutreachDay) -> bool:
    """What happens on a day is settled by the AST and the host headteacher; the office enters it (R-10.1)."""
    return can_plan_day(user, day) or is_host_head(user, day.placement)
