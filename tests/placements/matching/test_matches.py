"""Candidates and proposals on the database (R-7.1 to R-7.3)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.allocation.exclusions import Exclusion
from placements.matching.models import Match
from placements.matching.reads import matches as matching
from placements.placement.lifecycle import PlacementStatus
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from schools.register.models import Cluster, SchoolStatus
from staff.expertise.vocabulary import Funding, Subject, Weekday
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Expertise, InductionItem, Post
from tests.cast import Cast
from tests.factories import PlacementFactory, PostFactory, RequestFactory, SchoolFactory
from tests.placements.matching.matching_stories import CO, another, codes, propose, ranked, spend, subjects

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> OutreachRequest:
    return RequestFactory(host=cast.host, created_by=cast.host_head)


@pytest.fixture
def match(cast: Cast, asked: OutreachRequest) -> Match:
    return propose(cast, asked)


# Ranking


def test_r_7_1_of_two_maths_asts_only_the_one_with_days_left_is_offered(cast: Cast, asked: OutreachRequest) -> None:
    spent = another(cast)
    spend(cast, spent, Decimal(38))
    found = ranked(asked)
    assert [c.ast.post for c in found.candidates] == [cast.post.pk]
    assert found.why_not(spent.pk) == Exclusion.NO_DAYS


def test_r_7_1_a_past_placement_a_cluster_and_a_feeder_link_are_seen(cast: Cast, asked: OutreachRequest) -> None:
    cluster = Cluster.objects.create(name="Fernleigh cluster", slug="fernleigh")
    cast.host.cluster = cluster
    cast.host.save()
    near = another(cast, home=SchoolFactory(phase="secondary", cluster=cluster))
    feeder = another(cast)
    cast.host.feeds_into.add(feeder.home)
    cast.placement(status=PlacementStatus.COMPLETED)
    facts = {c.ast.post: c.ast for c in ranked(asked).candidates}
    assert facts[cast.post.pk].been_there
    assert not facts[near.pk].been_there
    assert "cluster" in facts[near.pk].link
    assert "Pupils move" in facts[feeder.pk].link


def test_r_7_2_each_hard_rule_excludes_with_its_reason(cast: Cast, asked: OutreachRequest) -> None:
    InductionItem.objects.filter(post=(green := another(cast)), step="processes").update(done_on=None, done_by=None)
    expected = {
        another(cast, home=cast.host): Exclusion.OWN_SCHOOL,
        another(cast, status=PostStatus.CANDIDATE, passed_on=None): Exclusion.NOT_ASSESSED,
        another(cast, status=PostStatus.PASSED): Exclusion.NOT_IN_POST,
        another(cast, ends_on=date(2026, 10, 31)): Exclusion.NOT_IN_POST,
        green: Exclusion.INDUCTION,
        another(cast, weekday=False): Exclusion.NO_PATTERN,
        another(cast, weekday=Weekday.FRIDAY): Exclusion.WEEKDAYS,
        PostFactory(): Exclusion.NO_DAYS,
    }
    found = ranked(asked)
    assert {post: found.why_not(post.pk) for post in expected} == expected
    assert [c.ast.post for c in found.candidates] == [cast.post.pk]


def test_r_7_2_an_aspirant_is_not_assessed_in_croydon_and_allowed_in_norfolk(
    cast: Cast, asked: OutreachRequest
) -> None:
    aspirant = another(cast, status=PostStatus.SECONDED, passed_on=None, funding=Funding.SECONDMENT, inducted=False)
    assert ranked(asked).why_not(aspirant.pk) == Exclusion.NOT_ASSESSED
    cast.policy.aspirant_outreach = True
    cast.policy.save()
    assert ranked(asked).rank_of(aspirant.pk) > 0
    candidate = another(cast, status=PostStatus.CANDIDATE, passed_on=None, funding=Funding.SECONDMENT)
    assert ranked(asked).why_not(candidate.pk) == Exclusion.NOT_ASSESSED, "not seconded yet"


def test_r_7_2_whoever_does_not_know_the_subject_is_counted(cast: Cast, asked: OutreachRequest) -> None:
    another(cast, subjects=[Subject.DRAMA])
    page = matching.candidates(asked, today())
    assert [(g.label, g.count) for g in page.excluded] == [("Does not list the subject", 1)]


def test_r_7_2_a_school_that_the_policy_blocks_gets_nobody(cast: Cast, asked: OutreachRequest) -> None:
    SchoolStatus.objects.create(school=cast.host, kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    page = matching.candidates(asked, today())
    assert page.total == 0
    assert not page.can_propose
    assert page.excluded[0].label.startswith("Not allowed")


def test_r_4_10_no_outreach_weekday_no_candidate(cast: Cast, asked: OutreachRequest) -> None:
    cast.post.patterns.all().delete()
    assert ranked(asked).why_not(cast.post.pk) == Exclusion.NO_PATTERN


def test_r_4_11_days_promised_to_other_schools_are_not_offered_again(cast: Cast, asked: OutreachRequest) -> None:
    spend(cast, cast.post, Decimal(30))
    other = RequestFactory(host=cast.elsewhere, wanted_from=date(2027, 4, 19), wanted_until=date(2027, 7, 16))
    propose(cast, other, days=Decimal(5))
    candidate = ranked(asked).candidates[0]
    assert candidate.ast.left == 3 * 4
    assert candidate.usable == 3 * 4


def test_r_7_1_candidates_cost_the_same_queries_for_one_and_for_many(cast: Cast, asked: OutreachRequest) -> None:
    def count() -> int:
        fresh = OutreachRequest.objects.select_related("host").get(pk=asked.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            matching.candidates(fresh, today())
        return len(queries)

    one = count()
    for _ in range(29):
        another(cast)
    assert count() == one <= 15


def test_r_7_1_a_thousand_asts_are_ranked_with_the_same_queries(cast: Cast, asked: OutreachRequest) -> None:
    home = SchoolFactory(phase="secondary")
    user_model = type(cast.ast)
    users = user_model.objects.bulk_create(
        user_model(name=f"Teacher {n}", email=f"teacher{n}@marlshire.example") for n in range(1000)
    )
    offers = {"key_stages": cast.post.key_stages, "work_types": cast.post.work_types}
    posts = Post.objects.bulk_create(
        Post(user=u, home=home, status="in_post", passed_on=date(2025, 1, 1), starts_on=date(2025, 9, 1), **offers)
        for u in users
    )
    Expertise.objects.bulk_create(Expertise(post=p, subject=Subject.MATHEMATICS, level=2) for p in posts)
    with CaptureQueriesContext(connection) as queries:
        page = matching.candidates(asked, today())
    assert len(queries) <= 15
    assert page.excluded_total == 1000
    assert page.excluded[0].more == 980


# Proposing


def test_r_7_5_proposing_asks_the_ast_and_the_home_head_and_is_the_co_ordinators_yes(cast: Cast, match: Match) -> None:
    assert match.request.status == RequestStatus.PROPOSED
    assert match.answer_by == date(2026, 10, 20)
    assert list(match.answers.values_list("party", "yes")) == [(CO, True)]
    assert subjects("match-proposed") == ["tamsin@marlshire.example", "wren@marlshire.example"]
    body = Message.objects.get(to_email="wren@marlshire.example").body
    assert f"/matches/{match.pk}/ast/" in body
    assert "Juno Pettifer" not in body


def test_r_7_1_the_reasons_stay_as_they_stood(cast: Cast, match: Match) -> None:
    before = Match.objects.get(pk=match.pk).reasons
    assert before[0] == {
        "title": "Expertise",
        "text": "Leads others in mathematics and numeracy",
        "points": 40.0,
        "most": 40,
    }
    Expertise.objects.update(level=1)
    assert Match.objects.get(pk=match.pk).reasons == before


def test_r_7_3_a_lower_choice_needs_a_reason(cast: Cast, asked: OutreachRequest) -> None:
    second = another(cast, home=SchoolFactory(phase="secondary", easting=445000, northing=330000))
    with pytest.raises(Refused) as refused:
        propose(cast, asked, post=second)
    assert codes(refused) == {"lower-choice"}
    asked.refresh_from_db()
    assert asked.status == RequestStatus.SUBMITTED
    made = propose(cast, asked, post=second, lower_choice_reason="Taught at the school before")
    assert (made.rank, made.lower_choice_reason) == (2, "Taught at the school before")


def test_r_7_3_a_capped_ast_cannot_be_forced(cast: Cast, asked: OutreachRequest) -> None:
    full = RequestFactory(host=cast.elsewhere, weekdays=(), status="placed")
    PlacementFactory(
        match__request=full,
        match__post=cast.post,
        status="active",
        days=Decimal(20),
        starts_on=date(2026, 10, 6),
        ends_on=date(2027, 2, 12),
    )
    with pytest.raises(Refused) as refused:
        propose(cast, asked, lower_choice_reason="I insist")
    assert codes(refused) == {Exclusion.FULL}
    assert not Match.objects.filter(request=asked).exists()


def test_r_7_3_no_more_days_than_fit(cast: Cast, asked: OutreachRequest) -> None:
    with pytest.raises(Refused) as refused:
        propose(cast, asked, days=Decimal(14))
    assert codes(refused) == {"no-room"}
    with pytest.raises(Refused) as refused:
        propose(cast, asked, days=Decimal("0.3"))
    assert codes(refused) == {"step"}


def test_r_5_7_an_unconfirmed_request_is_not_matched(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.administrator, confirmed_by=None)
    with pytest.raises(Refused) as refused:
        propose(cast, asked)
    assert codes(refused) == {"unconfirmed"}


def test_r_6_9_a_flagged_host_needs_the_statement_of_realism(cast: Cast, asked: OutreachRequest) -> None:
    SchoolStatus.objects.create(
        school=cast.host, kind="programme", name="national_challenge", starts_on=date(2026, 9, 1)
    )
    with pytest.raises(Refused) as refused:
        propose(cast, asked)
    assert codes(refused) == {"realism"}
    OutreachRequest.objects.filter(pk=asked.pk).update(realism="Six days suffice for two teachers.")
    assert propose(cast, OutreachRequest.objects.get(pk=asked.pk)).pk


def test_r_7_5_only_the_co_ordinator_proposes(cast: Cast, asked: OutreachRequest) -> None:
    for user in (cast.administrator, cast.officer, cast.host_head, cast.home_head, cast.ast):
        with pytest.raises(PermissionDenied):
            propose(cast, asked, by=user)


def test_a_request_is_asked_of_one_ast_at_a_time(cast: Cast, match: Match) -> None:
    with pytest.raises(Refused) as refused:
        propose(cast, match.request, post=another(cast))
    assert codes(refused) == {"out-of-turn"}
