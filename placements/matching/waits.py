"""Whose answer to a match is waited for (R-18.5)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate

from astcoord.core import waiting
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.waiting import Kind, Wait
from astcoord.core.words import say
from placements.matching.about import page_of
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match, MatchAnswer
from placements.matching.permissions import parties_in_match
from placements.matching.reads.matches import with_answers
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.accounts.reads import heads_or_school

Party = MatchAnswer.Party


def register() -> None:
    waiting.register(
        Kind(
            code="match",
            model=Match,
            rows=lambda user: with_answers(Match.objects.visible_to(user)),
            waits=_waits,
            may=_may,
            page=lambda match, user: page_of(match.pk, match.post, user),
        )
    )


def _may(user: User, match: Match) -> bool:
    """The office, and of the two who are asked whoever has answered."""
    given = {answer.party for answer in match.answers.all()}
    return is_office(user) or any(party in given for party in parties_in_match(user, match))


def _waits(match: Match) -> Iterator[Wait]:
    if match.status != MatchStatus.PROPOSED:
        return
    given = {answer.party for answer in match.answers.all()}
    if Party.AST not in given:
        yield _wait(match, Party.AST, say("the AST"), (Reader.of(match.post.user),), "match_ast")
    if Party.HOME_HEAD not in given:
        heads = tuple(heads_or_school(match.post.home, today()))
        yield _wait(match, Party.HOME_HEAD, "the home headteacher", heads, "match_home")


def _wait(match: Match, party: str, who: str, readers: tuple[Reader, ...], page: str) -> Wait:
    return Wait(
        party=party,
        who=who,
        since=localdate(match.proposed_at),
        what=f"an answer to the match of {match.post.name} with {match.request.host.name}",
        wanted="Read the request, and say yes or no",
        path=reverse(f"placements:{page}", args=[match.pk]),
        readers=readers,
        by=match.answer_by,
    )
