"""Proposing an AST for a request, the three answers, and what follows from them (R-7.3, R-7.5, R-7.6).

Locks are always taken in the same order: the AST's post, which owns the budget; the request; the match. So of two
people after the last free day, or two giving the last yes, one waits and then sees what the other has done.

On the main road a request is asked of one AST at a time: `propose` moves it from the queue to "match proposed".
A deployment plan may give one request to two ASTs, half each (R-7.8): the second half is proposed beside the first.
Each half that has its three yeses becomes a placement; a half that is refused leaves the request open for its days.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate, outbox
from astcoord.core import policy as policies
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Refused, refuse
from placements.days import ledger
from placements.matching import emails, rules
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match, MatchAnswer
from placements.matching.permissions import parties_in_match
from placements.matching.reads.matches import frozen_reasons
from placements.matching.reads.obstacles import agreement_problems, choice, request_problems, too_many
from placements.matching.reads.problem import gather
from placements.requests.lifecycle import REQUEST_OPEN, RequestStatus
from placements.requests.models import OutreachRequest
from placements.requests.permissions import sees_declarations, told
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post

Party = MatchAnswer.Party

on_agreed: list[Callable[[Match, Any], object]] = []
"""What follows when all have said yes, as (match, by), in the same transaction: the placement, in a later room."""

group_decision: list[Callable[[Match], str]] = []
"""What a deployment group has agreed to, in words with its date and members; "" where it has not (R-7.6)."""


@transaction.atomic
def propose(
    *,
    request: OutreachRequest,
    post: Post,
    days: Decimal,
    by: User,
    lower_choice_reason: str = "",
    shared: bool = False,
    beside: Match | None = None,
) -> Match:
    """Ask an AST and the AST's own head; by doing so the co-ordinator says yes, unless a group decides (R-7.6).

    The ranking is made afresh under the lock: nobody who breaks a hard rule can be proposed (R-7.3), and no day that
    has been promised meanwhile (R-4.11). The reasons are kept as they stand. `shared` marks one half of a request
    that two ASTs share, and `beside` names the live match of the other half (R-7.8).
    """
    if not is_coordinator(by):
        raise PermissionDenied("propose a match")
    ledger.lock(post)
    if beside is None:
        _take_from_queue(request, days, by=by)
    else:
        _join(request, beside, days)
    gathered = gather(request, today())
    place, candidate = choice(gathered, post, days, lower_choice_reason)
    policy = policies.in_force()
    match = Match.objects.create(
        request=request,
        post=post,
        days=days,
        rank=place,
        score=Decimal(str(candidate.score.total)),
        reasons=frozen_reasons(gathered, candidate),
        lower_choice_reason=lower_choice_reason.strip() if place > 1 else "",
        shared=shared,
        proposed_by=by,
        answer_by=today() + timedelta(days=policy.match_days_to_answer),
    )
    _put(match, by=by, by_group=policy.group_decides)
    return match


def _put(match: Match, *, by: User, by_group: bool) -> None:
    """Before the others; the co-ordinator has said yes by proposing, unless a group decides."""
    after = {"days": match.days, "rank": match.rank}
    audit.record("match: proposed", match, by=by, reason=match.lower_choice_reason, after=after)
    if not by_group:
        MatchAnswer.objects.create(match=match, party=Party.COORDINATOR, yes=True, by=by)
    emails.proposed(match)


def _take_from_queue(request: OutreachRequest, days: Decimal, *, by: User) -> None:
    """The request is with an AST now: whatever had been put off about it is over."""
    gate.move(
        request,
        "propose",
        by=by,
        may=is_coordinator,
        problems=lambda locked: [*request_problems(locked), *too_many(locked, days)],
        look_again_on=None,
        ending="",
        ending_note="",
    )


def _join(request: OutreachRequest, beside: Match, days: Decimal) -> None:
    """The second half of a shared request: the first must still stand, and both together give what was asked for."""
    held = OutreachRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    first = Match.objects.live().filter(pk=beside.pk, request=held, shared=True).first()
    if first is None or held.status not in (RequestStatus.PROPOSED, RequestStatus.UNDER_REVIEW):
        raise Refused([gate.out_of_turn(held, "Propose the other half")])
    refuse([*request_problems(held), *rules.more_than_asked(first.days + days, held.days or Decimal(0))])
    if held.status == RequestStatus.UNDER_REVIEW:
        gate.move(request, "propose", by=None, reason="The other half")


@transaction.atomic
def answer(*, match: Match, party: str, yes: bool, by: User, reason: str = "") -> Match:
    """One party's yes or no (R-7.5). Any no reopens the request; the last of three yeses makes the placement.

    `party` says for whom this person speaks, because one person may be two of the three.
    """
    match = _lock(match)
    if party not in parties_in_match(by, match):
        raise PermissionDenied(f"answer as {party}")
    if match.status != MatchStatus.PROPOSED:
        raise Refused([gate.out_of_turn(match, "Answer")])
    given = {a.party for a in match.answers.all()}
    by_group = party == Party.COORDINATOR and yes and policies.in_force().group_decides
    if by_group:
        reason = " ".join(words for decided in group_decision if (words := decided(match)))
    refuse(
        [
            *rules.too_late(match.answer_by, today()),
            *rules.already_answered(party in given),
            *rules.no_without_reason(yes, reason),
            *rules.group_undecided(by_group, reason),
        ]
    )
    MatchAnswer.objects.create(match=match, party=party, yes=yes, reason=reason.strip(), by=by)
    audit.record(f"match: {'yes' if yes else 'no'}", match, by=by, reason=reason, after={"party": party})
    if not yes:
        return _refuse(match, by=by, reason=reason, party=party)
    if given | {party} == set(Party.values):
        return _agree(match, by=by)
    return match


def yes_to_each(*, matches: Iterable[Match], party: str, by: User) -> Iterator[tuple[Match, str]]:
    """A yes to each, in a transaction of its own (R-18.6), with why it was refused, or "" where it is recorded."""
    for match in matches:
        try:
            yield answer(match=match, party=party, yes=True, by=by), ""
        except Refused as refusal:
            yield match, " ".join(problem.message for problem in refusal.problems)


@transaction.atomic
def withdraw(*, match: Match, by: User, reason: str) -> Match:
    """The co-ordinator takes the proposal back: a no, even after the yes that proposing was (R-7.5)."""
    if not is_coordinator(by):
        raise PermissionDenied("withdraw a match")
    refuse(rules.no_without_reason(False, reason))
    return take_back(match=match, by=by, reason=reason)


@transaction.atomic
def take_back(*, match: Match, by: User | None, reason: str) -> Match:
    """The same as a consequence of something that the office has recorded: who may, the caller has asked."""
    match = _lock(match)
    if by is None:
        return _refuse(match, by=by, reason=reason, party=Party.COORDINATOR)
    MatchAnswer.objects.update_or_create(
        match=match,
        party=Party.COORDINATOR,
        defaults={"yes": False, "reason": reason.strip(), "by": by, "at": timezone.now()},
    )
    return _refuse(match, by=by, reason=reason, party=Party.COORDINATOR)


@transaction.atomic
def unsay(*, match: Match, party: str, by: User, reason: str = "") -> Match:
    """A yes is taken back and the party asked as before, while nobody has answered after it (R-20.13).

    A group's yes that was recorded by mistake also then, while the others have not all said yes (R-7.6).
    """
    match = _lock(match)
    if party not in parties_in_match(by, match):
        raise PermissionDenied(f"take back the yes of {party}")
    if match.status != MatchStatus.PROPOSED:
        raise Refused([gate.out_of_turn(match, "Take the yes back")])
    refuse(rules.yes_stands([a.party for a in match.answers.all()], party))
    match.answers.filter(party=party).delete()
    audit.record("match: yes taken back", match, by=by, reason=reason, before={"party": party})
    emails.taken_back(match, party=party, by=by)
    return match


@transaction.atomic
def wait_for_group(*, match: Match, until: date, by: User) -> None:
    """The group meets after the day to answer: all have until then, and never less time than they had (R-7.6)."""
    match = _lock(match)
    if match.status == MatchStatus.PROPOSED and match.answer_by < until:
        before, match.answer_by = {"answer by": match.answer_by}, until
        match.save(update_fields=["answer_by"])
        audit.record("match: waits for the group", match, by=by, before=before, after={"answer by": until})


@transaction.atomic
def ask_new_home(*, match: Match, by: User | None) -> Match:
    """The AST has moved to another school: its headteacher is asked, and what the old one said counts no more."""
    match = _lock(match)
    if match.status != MatchStatus.PROPOSED:
        return match
    given = match.answers.filter(party=Party.HOME_HEAD).first()
    if given is not None:
        given.delete()
    after = {"asks": match.post.home.name}
    audit.record("match: the new home headteacher is asked", match, by=by, before={"yes": bool(given)}, after=after)
    emails.asked_again(match)
    return match


@transaction.atomic
def undo(*, match: Match, by: User, reason: str) -> bool:
    """The placement of an agreed match does not begin: its days are open again, and the request with them (R-20.13).

    The request keeps its place in the queue. False: it is no request any more that could be met, because the school
    has withdrawn it, or it is open already. Who may, the caller has asked.
    """
    match = _lock(match)
    gate.move(match, "undo", by=by, reason=reason)
    if match.request.status != RequestStatus.PLACED:
        return match.request.status in REQUEST_OPEN
    gate.move(match.request, "reopen", by=by, reason=reason, ending="", ending_note="", look_again_on=None)
    return True


def expire_lapsed(on: date) -> int:
    """Let every proposal lapse whose day to answer has passed; how many did. Repeat-safe, one transaction each."""
    return each(Match.objects.lapsed(on).select_related("post"), lambda match: _expire(match, on))


def _expire(match: Match, on: date) -> bool:
    match = _lock(match)
    if match.status != MatchStatus.PROPOSED or match.answer_by >= on:
        return False  # somebody answered between the list and the lock
    emails.expired(match)
    gate.move(match, "expire", by=None, reason="Nobody answered in time")
    _reopen(match, by=None, reason="The proposed match lapsed")
    return True


def _lock(match: Match) -> Match:
    """The match, fresh, with its post and its request, all three locked in the one order."""
    ledger.lock(match.post)
    OutreachRequest.objects.select_for_update(of=("self",)).get(pk=match.request_id)
    found: Match = (
        Match.objects.select_for_update(of=("self",))
        .select_related("post__user", "post__home", "request__host")
        .get(pk=match.pk)
    )
    return found


def _agree(match: Match, *, by: User) -> Match:
    """Three yeses: check once more what may have changed since the proposal, then make the placement."""
    declared = sees_declarations(by, match.request)
    gate.move(match, "agree", by=by, problems=lambda locked: told(agreement_problems(locked), declared=declared))
    _follow(match, by=by)
    for follow in on_agreed:
        follow(match, by)
    outbox.cancel_about(match, kind=emails.ASKED)
    emails.agreed(match)
    return match


def _follow(match: Match, *, by: User) -> None:
    """The request is agreed with its match; a shared one only when both halves are, or goes on with what is open."""
    request = match.request
    if not match.shared:
        gate.move(request, "agree", by=by)
    elif not request.matches.awaiting_answer().exists():
        whole = request.days_open == 0
        gate.move(request, "agree" if whole else "unmatch", by=by, reason="" if whole else "Half of it is agreed")


def _refuse(match: Match, *, by: User | None, reason: str, party: str) -> Match:
    gate.move(match, "refuse", by=by, reason=reason)
    _reopen(match, by=by, reason=f"{Party(party).label}: no")
    emails.refused(match, party=party, reason=reason)
    return match


def _reopen(match: Match, *, by: User | None, reason: str) -> None:
    """The request goes back to the co-ordinator, and nobody is asked any more."""
    outbox.cancel_about(match, kind=emails.ASKED)
    if not (match.shared and match.request.matches.awaiting_answer().exists()):
        gate.move(match.request, "unmatch", by=by, reason=reason)
