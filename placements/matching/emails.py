"""The e-mails around matches (N4, N5). Never a supported person's name, never what was declared."""

from typing import Any

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.history import AuditEvent
from placements.matching.models import Match, MatchAnswer
from staff.accounts.models import User
from staff.accounts.reads import heads_or_school

ASKED = "match-proposed"

Party = MatchAnswer.Party


def proposed(match: Match) -> None:
    """N4: the AST and the AST's own headteacher are asked for a yes or a no."""
    heads = [(Party.HOME_HEAD, head) for head in heads_or_school(match.post.home, today())]
    for party, reader in [(Party.AST, Reader.of(match.post.user)), *heads]:
        _send(match, ASKED, reader, f"asked:{party}:{_who(reader)}", party=party)


def asked_again(match: Match) -> None:
    """The AST's own school is another now: its headteacher is asked."""
    for reader in heads_or_school(match.post.home, today()):
        key = f"asked:{Party.HOME_HEAD}:{match.post.home_id}:{_who(reader)}"
        _send(match, ASKED, reader, key, party=Party.HOME_HEAD)


def agreed(match: Match) -> None:
    """N4, its end: the host's headteacher, the AST and the home head hear that there is a placement."""
    hosts, homes = (heads_or_school(school, today()) for school in (match.request.host, match.post.home))
    for reader in [*hosts, Reader.of(match.post.user), *homes]:
        _send(match, "match-agreed", reader, f"agreed:{_who(reader)}")


def refused(match: Match, *, party: str, reason: str) -> None:
    """N5: the co-ordinator's office hears who said no and why; the request is with the office again."""
    _tell_office(match, "refused", refused_by=Party(party).label, reason=reason)


def taken_back(match: Match, *, party: str, by: User) -> None:
    """R-18.7: the office and the other who is asked hear that a yes counts no more; what a group said, by its paper."""
    if party == Party.COORDINATOR:
        return
    heads = [(Party.HOME_HEAD, head) for head in heads_or_school(match.post.home, today())]
    office = [(Party.COORDINATOR, reader) for reader in [emails.office()] if reader]
    given = {a.party for a in match.answers.all()}
    number = AuditEvent.objects.about(match).count()
    for to, reader in [(Party.AST, Reader.of(match.post.user)), *heads, *office]:
        if to != party and reader.key != str(by.pk):
            asks = to != Party.COORDINATOR and to not in given
            facts = {"party": to, "asks": asks, "said_by": _named(match, party)}
            _send(match, "match-taken-back", reader, f"taken-back:{number}:{_who(reader)}", **facts)


def _named(match: Match, party: str) -> str:
    return match.post.name if party == Party.AST else f"The headteacher of {match.post.home.name}"


def expired(match: Match) -> None:
    """N5: nobody refused, and not everybody answered by the day."""
    given = {a.party for a in match.answers.all()}
    _tell_office(match, "expired", missing=[Party(party).label for party in Party.values if party not in given])


def _tell_office(match: Match, what: str, **facts: Any) -> None:
    if office := emails.office():  # without one, the queue and the home page show it all the same
        _send(match, "match-ended", office, f"{what}:office", **facts)


def _send(match: Match, kind: str, to: Reader, key: str, **facts: Any) -> None:
    template = f"placements/matching/emails/{kind}.txt"
    emails.send(
        template, to=to, key=f"match:{match.pk}:{key}", about=match, match=match, request=match.request, **facts
    )


def _who(reader: Reader) -> str:
    return reader.key if reader.stands_in else f"user:{reader.key}"
