"""Who answers a match, and who reads why an AST was proposed (section G)."""

from placements.matching.models import Match, MatchAnswer
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator, is_office
from staff.accounts.querysets import is_in_group


def parties_in_match(user: User, match: Match) -> list[str]:
    """For whom this person may answer a proposed match (R-7.5)."""
    parties: list[str] = []
    if match.post.user_id == user.pk:
        parties.append(MatchAnswer.Party.AST)
    if heads(user, match.post.home_id):
        parties.append(MatchAnswer.Party.HOME_HEAD)
    if is_coordinator(user):
        parties.append(MatchAnswer.Party.COORDINATOR)
    return parties


def reads_reasons(user: User, match: Match) -> bool:
    """Why an AST was proposed: the office, the AST, the AST's head, the subject's consultant; officers who, not why."""
    group = is_in_group(user, [match.request.subject], match.post, "home")
    return is_office(user) or bool(parties_in_match(user, match)) or group
