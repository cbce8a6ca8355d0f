"""Who ends a placement, and who takes an end back (R-8.14, requirements E)."""

from placements.matching.models import MatchAnswer
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_home_head, is_host_head, reads_days_whole
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office


def can_end_early(user: User, placement: Placement) -> bool:
    """Either party alone; the co-ordinator may record it for them (R-8.14)."""
    return is_host_head(user, placement) or is_ast_of(user, placement) or is_coordinator(user)


def can_settle(user: User, placement: Placement) -> bool:
    """Open the final evaluation, complete, close, undo: the co-ordinator (requirements E)."""
    return is_coordinator(user)


def can_unsay(user: User, placement: Placement) -> bool:
    """Whoever gave the last yes to the match, until the co-ordinator has acted on it (R-20.13). One query."""
    if not placement.untouched:
        return False
    last = placement.match.answers.order_by("-pk").first()
    own = {MatchAnswer.Party.AST: is_ast_of, MatchAnswer.Party.HOME_HEAD: is_home_head}
    party = own.get(MatchAnswer.Party(last.party)) if last else None
    return party is not None and party(user, placement)


def side_in_link(user: User, placement: Placement) -> str:
    """For whom this person says whether an informal link is wished: "ast", "host" or nobody (R-8.16)."""
    if is_ast_of(user, placement):
        return "ast"
    return "host" if is_host_head(user, placement) else ""


def can_read_links(user: User, placement: Placement) -> bool:
    """The two sides, the office and the subject's consultant; the home head is not concerned: they take no days."""
    return reads_days_whole(user, placement)


def can_remove_link(user: User, placement: Placement) -> bool:
    """Either side alone, and the office."""
    return bool(side_in_link(user, placement)) or is_office(user)
