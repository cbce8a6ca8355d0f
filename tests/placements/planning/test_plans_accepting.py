"""Accepting a plan, all or some: each line a proposal of its own (R-7.3, R-7.5, R-7.6, R-7.8; issue 4.5)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from astcoord.core.problems import Refused
from placements.matching import actions as matches
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match, MatchAnswer
from placements.placement.models import Placement
from placements.planning.actions import accept as accept_actions
from placements.planning.lifecycle import PlanStatus
from placements.planning.models import Plan, PlanDecision
from placements.requests.actions import asking as request_actions
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from staff.posts.lifecycle import PostStatus
from tests.cast import Cast
from tests.factories import SchoolFactory
from tests.placements.planning.plan_stories import SIX, asked, colleague, line_of, made, queued, ready

pytestmark = pytest.mark.django_db


def accept(cast: Cast, plan: Plan, *requests: OutreachRequest, **facts: str) -> accept_actions.Summary:
    lines = plan.lines.filter(request__in=requests) if requests else plan.lines.all()
    return accept_actions.accept(plan=plan, lines=[line.pk for line in lines], by=cast.coordinator, **facts)


def agree(cast: Cast, match: Match) -> Match:
    for party, by in (("ast", match.post.user), ("home_head", cast.coordinator)):
        answer = MatchAnswer(match=match, party=party, yes=True, by=by)
        answer.save()
    matches._agree(matches._lock(match), by=cast.coordinator)
    match.refresh_from_db()
    return match


def test_r_7_5_an_accepted_line_is_a_proposal_that_waits_for_three_yeses(cast: Cast) -> None:
    colleague(cast)
    first, second = asked(cast), asked(cast)
    plan = ready(cast)
    summary = accept(cast, plan, first)
    assert [line.request for line in summary.accepted] == [first]
    match = Match.objects.get()
    assert (match.request, match.days, match.status) == (first, SIX, MatchStatus.PROPOSED)
    assert [a.party for a in match.answers.all()] == ["coordinator"]
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.status == RequestStatus.PROPOSED
    assert second.status == RequestStatus.SUBMITTED
    plan.refresh_from_db()
    assert plan.status == PlanStatus.PART_ACCEPTED
    accept(cast, plan, second)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.ACCEPTED


def test_r_7_3_whoever_is_not_ranked_first_is_proposed_with_the_plan_as_the_reason(cast: Cast) -> None:
    east, north = cast.home.easting, cast.home.northing
    far = colleague(cast, home__easting=east + 15000, home__northing=north)
    for _ in range(2):
        beside = SchoolFactory(easting=east + 500, northing=north)
        asked(cast, host=beside, wanted_until=date(2026, 12, 18))
    plan = ready(cast)
    accept_actions.accept(plan=plan, lines=[plan.lines.get(post=far).pk], by=cast.coordinator)
    match = Match.objects.get(post=far)
    assert match.rank == 2
    assert plan.reference in match.lower_choice_reason


def test_a_line_that_no_longer_fits_is_refused_and_the_others_go_on(cast: Cast) -> None:
    colleague(cast)
    first, second = asked(cast, host=cast.host), asked(cast)
    plan = ready(cast)
    request_actions.withdraw(request=first, by=cast.host_head, ending="not_needed")
    summary = accept(cast, plan)
    assert [line.request for line in summary.accepted] == [second]
    ((line, reason),) = summary.refused
    assert line.request == first
    assert "Withdrawn by the school" in reason
    assert line.decisions.get().outcome == PlanDecision.Outcome.REFUSED
    plan.refresh_from_db()
    assert plan.status == PlanStatus.PART_ACCEPTED


def test_an_ast_who_left_while_the_plan_was_made_is_told_at_acceptance(cast: Cast) -> None:
    request = asked(cast)
    plan = queued(cast)
    cast.post.status = PostStatus.LEFT
    cast.post.ends_on = date(2026, 10, 5)
    cast.post.save()
    made(plan)
    summary = accept(cast, plan, request)
    assert not summary.accepted
    assert "Wren Castellow cannot be proposed" in summary.refused[0][1]
    assert not Match.objects.exists()
    plan.refresh_from_db()
    assert plan.status == PlanStatus.READY


def test_r_4_11_days_promised_meanwhile_are_not_given_again(cast: Cast) -> None:
    tight = {"wanted_until": date(2026, 12, 18)}
    request = asked(cast, **tight)
    plan = ready(cast)
    matches.propose(request=asked(cast, **tight), post=cast.post, days=SIX, by=cast.coordinator)
    summary = accept(cast, plan, request)
    assert not summary.accepted
    assert Match.objects.count() == 1


def test_two_plans_of_the_same_weeks_give_no_request_twice(cast: Cast) -> None:
    colleague(cast)
    asked(cast)
    older = ready(cast)
    newer = ready(cast)
    assert len(accept(cast, older).accepted) == 1
    summary = accept(cast, newer)
    assert not summary.accepted
    assert "is now" in summary.refused[0][1]
    assert Match.objects.count() == 1


def test_accepting_a_newer_plan_supersedes_the_older(cast: Cast) -> None:
    asked(cast)
    older, newer = ready(cast), ready(cast)
    accept(cast, newer)
    older.refresh_from_db()
    assert older.status == PlanStatus.SUPERSEDED
    with pytest.raises(Refused, match="newer plan"):
        accept(cast, older)


def test_r_7_3_choosing_differently_needs_a_reason_and_keeps_it(cast: Cast) -> None:
    other = colleague(cast, home__easting=cast.home.easting + 3000, home__northing=cast.home.northing)
    request = asked(cast)
    plan = ready(cast)
    line = line_of(plan, request)
    choice = other if line.post == cast.post else cast.post
    with pytest.raises(Refused, match="why you choose differently"):
        accept_actions.override(line=line, post=choice, days=SIX, reason=" ", by=cast.coordinator)
    match = accept_actions.override(
        line=line, post=choice, days=Decimal(5), reason="Knows the head", by=cast.coordinator
    )
    assert (match.post, match.days) == (choice, 5)
    assert line.decisions.get().reason == "Knows the head"
    with pytest.raises(Refused):
        accept(cast, Plan.objects.get(pk=plan.pk), request)


def test_r_7_3_a_hard_rule_cannot_be_overridden(cast: Cast) -> None:
    request = asked(cast)
    line = line_of(ready(cast), request)
    spent = colleague(cast, inducted=False)
    with pytest.raises(Refused, match="Induction not finished"):
        accept_actions.override(line=line, post=spent, days=SIX, reason="Keen", by=cast.coordinator)
    assert not PlanDecision.objects.exists()


def test_only_the_coordinator_accepts_and_nobody_a_what_if(cast: Cast) -> None:
    asked(cast)
    plan = ready(cast)
    with pytest.raises(PermissionDenied):
        accept_actions.accept(plan=plan, lines=[1], by=cast.administrator)
    with pytest.raises(Refused, match="Tick"):
        accept_actions.accept(plan=plan, lines=[], by=cast.coordinator)
    plan.kind = "what_if"
    with pytest.raises(Refused, match="what-if"):
        accept_actions.accept(plan=plan, lines=[1], by=cast.coordinator)


def test_r_7_6_a_line_that_no_group_has_decided_on_becomes_a_match_that_waits(cast: Cast) -> None:
    cast.policy.match_decider = "group"
    cast.policy.save()
    request = asked(cast)
    accept(cast, ready(cast), request)
    assert not Match.objects.get(request=request).answers.exists()


# Halves


def shared(cast: Cast) -> tuple[OutreachRequest, Plan]:
    """Eight days in seven weeks are too many for one AST, and no trouble for two."""
    colleague(cast)
    request = asked(cast, days=Decimal(8), wanted_until=date(2026, 12, 18))
    return request, ready(cast, sharing=True)


def test_r_7_8_two_asts_share_a_request_and_each_half_becomes_a_placement(cast: Cast) -> None:
    request, plan = shared(cast)
    assert [line.days for line in plan.lines.all()] == [4, 4]
    summary = accept(cast, plan)
    assert len(summary.accepted) == 2
    one, two = Match.objects.order_by("pk")
    assert one.shared
    agree(cast, one)
    request.refresh_from_db()
    assert request.status == RequestStatus.PROPOSED
    assert Placement.objects.get().days == 4
    agree(cast, two)
    request.refresh_from_db()
    assert request.status == RequestStatus.PLACED
    assert Placement.objects.count() == 2


def test_r_7_8_a_refused_half_leaves_the_request_open_for_its_days(cast: Cast) -> None:
    request, plan = shared(cast)
    accept(cast, plan)
    one, two = Match.objects.order_by("pk")
    matches.withdraw(match=one, by=cast.coordinator, reason="The AST is ill")
    request.refresh_from_db()
    assert request.status == RequestStatus.PROPOSED
    agree(cast, two)
    request.refresh_from_db()
    assert request.status == RequestStatus.UNDER_REVIEW
    assert request.days_open == 4
    again = ready(cast)
    assert [(line.request, line.days) for line in again.lines.all()] == [(request, 4)]
    accept(cast, again)
    agree(cast, Match.objects.get(status=MatchStatus.PROPOSED))
    request.refresh_from_db()
    assert request.status == RequestStatus.PLACED


def test_r_7_8_halves_never_add_up_to_more_than_was_asked_for(cast: Cast) -> None:
    _request, plan = shared(cast)
    one, two = plan.lines.all()
    accept_actions.accept(plan=plan, lines=[one.pk], by=cast.coordinator)
    plan.refresh_from_db()
    two = plan.lines.get(pk=two.pk)
    with pytest.raises(Refused, match="Together that comes to"):
        accept_actions.override(line=two, post=two.post, days=Decimal(5), reason="More is better", by=cast.coordinator)
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.PART_ACCEPTED
