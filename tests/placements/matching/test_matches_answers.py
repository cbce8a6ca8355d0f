"""The three answers, what follows from them, and proposals that lapse or are taken back (R-7.5, R-7.6)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.matching import actions, tasks
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.matching.reads.problem import gather
from placements.placement.models import Placement
from placements.requests.actions import asking as request_actions
from placements.requests.lifecycle import RequestStatus, Situation
from placements.requests.models import OutreachRequest
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PlacementFactory, RequestFactory
from tests.placements.groups.deciding_stories import decided_by_group
from tests.placements.matching.matching_stories import AST, CO, HOME, codes, propose, say, spend, subjects

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> OutreachRequest:
    return RequestFactory(host=cast.host, created_by=cast.host_head)


@pytest.fixture
def match(cast: Cast, asked: OutreachRequest) -> Match:
    return propose(cast, asked)


# Answering


@pytest.mark.parametrize("first", [AST, HOME])
def test_r_7_5_three_yeses_in_any_order_make_one_placement(cast: Cast, match: Match, first: str) -> None:
    people = {AST: cast.ast, HOME: cast.home_head}
    second = HOME if first == AST else AST
    say(match, first, people[first])
    assert not Placement.objects.exists()
    agreed = say(match, second, people[second])
    placement = Placement.objects.get()
    assert agreed.status == MatchStatus.AGREED
    assert (placement.match, placement.days, placement.home, placement.host) == (match, 6, cast.home, cast.host)
    match.request.refresh_from_db()
    assert match.request.status == RequestStatus.PLACED
    assert "rowan@marlshire.example" in subjects("match-agreed")
    assert subjects("match-proposed") == []


def test_r_7_5_ast_yes_and_home_head_no_reopens_the_request(cast: Cast, match: Match) -> None:
    say(match, AST, cast.ast)
    refused = say(match, HOME, cast.home_head, yes=False, reason="We are being inspected this term")
    assert refused.status == MatchStatus.REFUSED
    match.request.refresh_from_db()
    assert match.request.status == RequestStatus.UNDER_REVIEW
    told = Message.objects.get(kind="match-ended")
    assert told.to_email == "ast-office@marlshire.example"
    assert "We are being inspected" in told.body
    assert not Placement.objects.exists()
    cautions = next(a for a in gather(match.request, today()).asts if a.post == cast.post.pk).cautions
    assert "We are being inspected" in cautions[0]


def test_r_7_5_a_no_needs_a_reason(cast: Cast, match: Match) -> None:
    with pytest.raises(Refused) as refused:
        say(match, AST, cast.ast, yes=False)
    assert codes(refused) == {"reason"}
    assert match.answers.count() == 1


def test_r_7_5_nobody_answers_for_another_party_or_twice(cast: Cast, match: Match) -> None:
    for party, user in ((AST, cast.home_head), (HOME, cast.ast), (HOME, cast.outsider), (AST, cast.coordinator)):
        with pytest.raises(PermissionDenied):
            say(match, party, user)
    say(match, AST, cast.ast)
    with pytest.raises(Refused) as refused:
        say(match, AST, cast.ast)
    assert codes(refused) == {"answered"}


def test_r_7_5_an_answer_after_the_day_is_too_late(cast: Cast, match: Match, clock: Any) -> None:
    clock.move_to(datetime(2026, 10, 20, 12, tzinfo=UTC))
    say(match, AST, cast.ast)
    clock.move_to(datetime(2026, 10, 21, 12, tzinfo=UTC))
    with pytest.raises(Refused) as refused:
        say(match, HOME, cast.home_head)
    assert codes(refused) == {"lapsed"}


def test_r_4_11_the_budget_is_checked_again_at_the_last_yes(cast: Cast, match: Match) -> None:
    say(match, AST, cast.ast)
    spend(cast, cast.post, Decimal(33))
    with pytest.raises(Refused) as refused:
        say(match, HOME, cast.home_head)
    assert codes(refused) == {"promised"}
    match.refresh_from_db()
    assert match.status == MatchStatus.PROPOSED
    assert not match.answers.filter(party=HOME).exists()


def test_r_4_11_days_of_another_promise_count_at_the_last_yes(cast: Cast, match: Match) -> None:
    say(match, AST, cast.ast)
    other = RequestFactory(
        host=cast.elsewhere, status="placed", wanted_from=date(2027, 4, 19), wanted_until=date(2027, 7, 16)
    )
    PlacementFactory(
        match__request=other,
        match__post=cast.post,
        days=Decimal(33),
        starts_on=date(2027, 4, 20),
        ends_on=date(2027, 7, 13),
    )
    with pytest.raises(Refused) as refused:
        say(match, HOME, cast.home_head)
    assert codes(refused) == {"promised"}


def test_r_7_5_what_the_request_lacks_is_checked_again_at_the_last_yes(cast: Cast, match: Match) -> None:
    say(match, AST, cast.ast)
    match.request.staff.update(situation=Situation.SOME)
    with pytest.raises(Refused) as refused:
        say(match, HOME, cast.home_head)
    assert codes(refused) == {"unsettled"}


def test_r_7_6_where_a_group_decides_the_co_ordinator_alone_does_not(cast: Cast, asked: OutreachRequest) -> None:
    cast.policy.match_decider = "group"
    cast.policy.save()
    match = propose(cast, asked)
    assert not match.answers.exists()
    say(match, AST, cast.ast)
    say(match, HOME, cast.home_head)
    assert not Placement.objects.exists()
    with pytest.raises(Refused) as refused:
        say(match, CO, cast.coordinator)
    assert codes(refused) == {"group"}
    with pytest.raises(Refused):
        say(match, CO, cast.coordinator, reason="Deployment group on 5 October 2026: two heads and an adviser.")
    decided_by_group(cast, match)
    assert Placement.objects.count() == 1


def test_the_co_ordinator_may_withdraw_a_proposal(cast: Cast, match: Match) -> None:
    with pytest.raises(PermissionDenied):
        actions.withdraw(match=match, by=cast.administrator, reason="x")
    withdrawn = actions.withdraw(match=match, by=cast.coordinator, reason="The AST is ill")
    assert withdrawn.status == MatchStatus.REFUSED
    assert withdrawn.answers.get(party=CO).yes is False
    match.request.refresh_from_db()
    assert match.request.status == RequestStatus.UNDER_REVIEW
    assert subjects("match-proposed") == []
    assert propose(cast, match.request).rank == 1


def test_a_match_lapses_after_its_day_and_only_once(cast: Cast, match: Match, clock: Any) -> None:
    clock.move_to(datetime(2026, 10, 20, 12, tzinfo=UTC))
    assert tasks.expire_matches() == 0
    clock.move_to(datetime(2026, 10, 21, 6, tzinfo=UTC))
    assert tasks.expire_matches() == 1
    assert tasks.expire_matches() == 0
    match.refresh_from_db()
    assert match.status == MatchStatus.EXPIRED
    assert match.request.status == RequestStatus.UNDER_REVIEW
    told = Message.objects.get(kind="match-ended")
    assert "Home headteacher" in told.body


def test_a_withdrawn_request_cancels_its_match(cast: Cast, match: Match) -> None:
    request_actions.withdraw(request=match.request, by=cast.host_head, ending="not_needed")
    match.refresh_from_db()
    assert match.status == MatchStatus.CANCELLED
    with pytest.raises(Refused):
        say(match, AST, cast.ast)


def test_every_decision_is_in_the_audit_trail(cast: Cast, match: Match) -> None:
    say(match, AST, cast.ast, yes=False, reason="Too far")
    verbs = set(AuditEvent.objects.about(match).values_list("verb", flat=True))
    assert {"match: proposed", "match: no"} <= verbs
    assert Transition.objects.about(match).get(target=MatchStatus.REFUSED).by == cast.ast


def test_one_person_who_is_both_answers_for_each_party(cast: Cast, match: Match) -> None:
    cast.home_head.roles.create(role="ast", school=cast.home, starts_on=date(2026, 9, 1))
    Post.objects.filter(pk=cast.post.pk).update(user=cast.home_head)
    match = Match.objects.get(pk=match.pk)
    person = type(cast.home_head).objects.get(pk=cast.home_head.pk)
    assert say(match, AST, person).status == MatchStatus.PROPOSED
    assert say(match, HOME, person).status == MatchStatus.AGREED
