"""What the tests of matches have in common."""

from datetime import date
from decimal import Decimal
from typing import Any

from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.matching import actions
from placements.matching.models import Match, MatchAnswer
from placements.matching.reads.problem import gather
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PlacementFactory, PostFactory, RequestFactory

AST, HOME, CO = MatchAnswer.Party.AST, MatchAnswer.Party.HOME_HEAD, MatchAnswer.Party.COORDINATOR


def propose(cast: Cast, asked: OutreachRequest, **facts: Any) -> Match:
    return actions.propose(**{"request": asked, "post": cast.post, "days": Decimal(6), "by": cast.coordinator, **facts})


def another(cast: Cast, **facts: Any) -> Post:
    """One more AST with a budget for the year."""
    post = PostFactory(**facts)
    ledger.open_budget(post, cast.year)
    return post


def ranked(asked: OutreachRequest) -> Any:
    return gather(asked, today()).ranked()


def spend(cast: Cast, post: Post, days: Decimal) -> Placement:
    """Days of the year under contract at another school, all of them delivered before the weeks asked for."""
    first, last = date(2026, 9, 8), date(2026, 10, 20)
    request = RequestFactory(host=cast.elsewhere, status="placed", wanted_from=first, wanted_until=last)
    placement = PlacementFactory(
        match__request=request,
        match__post=post,
        status="active",
        days=days,
        starts_on=date(2026, 9, 8),
        ends_on=date(2026, 10, 20),
    )
    ledger.write(LedgerEntry.Kind.CONTRACT, placement, days, on=date(2026, 9, 8), by=None)
    return placement


def say(match: Match, party: str, by: Any, *, yes: bool = True, reason: str = "") -> Match:
    return actions.answer(match=match, party=party, yes=yes, by=by, reason=reason)


def codes(refused: Any) -> set[str]:
    return {p.code for p in refused.value.problems}


def subjects(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=kind, status="queued").values_list("to_email", flat=True))
