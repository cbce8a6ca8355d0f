"""“I could do this”: what ASTs see of open requests, what they say, and where the co-ordinator reads it (R-7.9)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from placements.matching.reads import matches
from placements.offers import actions, reads
from placements.offers.models import HelpOffer
from placements.requests.actions import asking, decisions
from placements.requests.lifecycle import Situation
from placements.requests.models import OutreachRequest
from staff.posts.actions import leaving
from staff.posts.events import MOVING, Moving
from staff.posts.models import PostAbsence
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory, SchoolFactory
from tests.placements.matching.matching_stories import AST, another, propose, ranked, say, spend

pytestmark = pytest.mark.django_db

LIST = "placements:looking_for_help"


@pytest.fixture
def asked(cast: Cast) -> OutreachRequest:
    return RequestFactory(host=cast.host, created_by=cast.host_head)


def page(client: Client, user: Any, name: str, *args: Any, **query: Any) -> str:
    client.force_login(user)
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def offer(cast: Cast, asked: OutreachRequest, note: str = "") -> HelpOffer:
    return actions.offer(request=asked, post=cast.post, note=note, by=cast.ast)


def standing(asked: OutreachRequest, reader: Any) -> list[int]:
    """Whose offers the candidates' page shows to this reader, the earliest first."""
    return [line.offer.post for line in matches.candidates(asked, today(), reader=reader).offers]


def stands(cast: Cast, asked: OutreachRequest) -> bool:
    return cast.post.pk in standing(asked, cast.coordinator)


# what an AST sees


def test_r_7_9_an_ast_sees_school_need_and_days_and_nobodys_name(
    cast: Cast, asked: OutreachRequest, client: Client
) -> None:
    asked.staff.update(situation=Situation.SERIOUS)
    OutreachRequest.objects.filter(pk=asked.pk).update(
        need="Juno Pettifer finds mathematics hard to plan.",
        realism="Juno needs help",
        aspect="Juno Pettifer’s classes",
    )
    for found in (page(client, cast.ast, LIST), page(client, cast.ast, "placements:looking", asked.pk)):
        for words in (cast.host.name, "finds mathematics hard to plan", "6"):
            assert words in found
        for hidden in ("Juno", "Pettifer", "difficulty", "needs help", "Rowan Oakhanger"):
            assert hidden not in found
    listed = client.get(reverse(LIST), {"export": "csv"})
    assert "Juno" not in b"".join(listed).decode()


@pytest.mark.parametrize(
    ("change", "listed"),
    [
        ({}, True),
        ({"subject": "music"}, False),
        ({"subject": "assessment"}, True),
        ({"key_stages": ("ks4",)}, False),
        ({"key_stages": ("ks3", "ks4")}, True),
        ({"key_stages": ()}, True),
        ({"status": "waiting"}, True),
        ({"status": "returned"}, False),
        ({"status": "draft"}, False),
        ({"status": "withdrawn"}, False),
        ({"status": "placed"}, False),
        ({"confirmed_by": None}, False),
        ({"wanted_from": date(2026, 9, 7), "wanted_until": date(2026, 10, 2)}, False),
    ],
)
def test_r_7_9_open_requests_in_the_own_subjects_and_phases(cast: Cast, change: dict[str, Any], listed: bool) -> None:
    request = RequestFactory(host=cast.host, created_by=cast.host_head, **change)
    assert reads.open_to(reads.own_post(cast.ast), today()).filter(pk=request.pk).exists() is listed
    if not listed:
        with pytest.raises(Refused, match="no longer looks"):
            offer(cast, request)


def test_r_7_9_the_own_schools_request_is_inreach_and_not_listed(cast: Cast, client: Client) -> None:
    own = RequestFactory(host=cast.home, created_by=cast.home_head)
    assert "No school looks for help" in page(client, cast.ast, LIST)
    assert client.get(reverse("placements:looking", args=[own.pk])).status_code == 404


def test_r_7_9_nobody_but_asts_has_the_list(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    for user in (cast.host_head, cast.home_head, cast.chair, cast.officer, cast.consultant, cast.coordinator):
        client.force_login(user)
        assert client.get(reverse(LIST)).status_code == 403
    stranger = PostFactory(subjects=("music",))
    client.force_login(stranger.user)
    assert client.get(reverse("placements:looking", args=[asked.pk])).status_code == 404
    assert client.post(reverse("placements:looking", args=[asked.pk]), {"note": ""}).status_code == 404
    assert not HelpOffer.objects.exists()


# the co-ordinator sees it


def test_r_7_9_given_an_offer_when_the_co_ordinator_opens_the_candidates_it_is_marked(
    cast: Cast, asked: OutreachRequest, client: Client
) -> None:
    assert "I could do this" not in page(client, cast.coordinator, "placements:candidates", asked.pk)
    client.force_login(cast.ast)
    done = client.post(reverse("placements:looking", args=[asked.pk]), {"note": "Tuesdays suit  me"}, follow=True)
    assert "Nothing is promised by it" in done.content.decode()
    found = page(client, cast.coordinator, "placements:candidates", asked.pk)
    assert "1 AST said “I could do this”" in found
    assert "Wren Castellow, Hollowbrook School: ranked 1 (“Tuesdays suit me”)" in found
    assert "Said “I could do this”" in found
    assert 'on <span class="app-nowrap">6 October 2026</span>: “Tuesdays suit me”' in found
    asked.refresh_from_db()
    assert asked.status == "submitted", "nothing is promised by it"


def test_r_7_9_an_offer_of_somebody_who_cannot_be_chosen_says_why(
    cast: Cast, asked: OutreachRequest, client: Client
) -> None:
    spend(cast, cast.post, Decimal(38))
    offer(cast, asked)
    found = page(client, cast.coordinator, "placements:candidates", asked.pk)
    assert "Wren Castellow, Hollowbrook School: cannot be chosen: No days left this year" in found
    assert "You have no days left this school year" in page(client, cast.ast, "placements:looking", asked.pk)


def test_r_7_9_it_changes_no_rank(cast: Cast, asked: OutreachRequest) -> None:
    other = another(cast)
    before = [(each.ast.post, each.score.total) for each in ranked(asked).candidates]
    for post in (cast.post, other):
        actions.offer(request=asked, post=post, note="", by=post.user)
    assert [(each.ast.post, each.score.total) for each in ranked(asked).candidates] == before


def test_r_7_9_an_aspirants_offer_is_not_for_the_administrator(cast: Cast, asked: OutreachRequest) -> None:
    cast.policy.aspirant_outreach = True
    cast.policy.save()
    on_the_way = PostFactory(status="seconded", funding="secondment", passed_on=None, starts_on=None)
    actions.offer(request=asked, post=on_the_way, note="", by=on_the_way.user)
    assert on_the_way.pk in standing(asked, cast.coordinator)
    assert standing(asked, cast.administrator) == []
    assert "aspirant" in " ".join(reads.truths(on_the_way, today()))


def test_r_7_9_a_seconded_teacher_offers_only_where_the_policy_has_it(cast: Cast, asked: OutreachRequest) -> None:
    on_the_way = PostFactory(status="seconded", funding="secondment", passed_on=None, starts_on=None)
    with pytest.raises(Refused, match="once you are in post"):
        actions.offer(request=asked, post=on_the_way, note="", by=on_the_way.user)
    assert reads.own_post(on_the_way.user) is None


# Twice, taken back, and by whom


def test_saying_it_twice_is_saying_it_once_with_the_newer_note(cast: Cast, asked: OutreachRequest) -> None:
    offer(cast, asked, "First")
    offer(cast, asked, "Żaneta O’Brien-Łukasz kennt die Schule")
    assert HelpOffer.objects.get().note == "Żaneta O’Brien-Łukasz kennt die Schule"


def test_r_7_9_it_is_taken_back_by_whoever_said_it(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    mine = offer(cast, asked)
    stranger = PostFactory()
    with pytest.raises(PermissionDenied):
        actions.take_back(offer=mine, by=stranger.user)
    with pytest.raises(PermissionDenied):
        actions.offer(request=asked, post=cast.post, note="", by=stranger.user)
    url = reverse("placements:help_take_back", args=[asked.pk])
    client.force_login(stranger.user)
    assert client.post(url).status_code == 404
    client.force_login(cast.ast)
    assert "You have taken it back" in client.post(url, follow=True).content.decode()
    assert client.post(url).status_code == 404
    assert not HelpOffer.objects.exists()
    assert AuditEvent.objects.filter(verb="offer to help: taken back", by=cast.ast).count() == 1
    actions.take_back(offer=mine, by=cast.ast)
    assert stands(cast, asked) is False
    offer(cast, asked)
    assert stands(cast, asked)


def test_a_note_that_is_too_long_comes_back(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    client.force_login(cast.ast)
    response = client.post(reverse("placements:looking", args=[asked.pk]), {"note": "x" * 301})
    assert "300 characters" in response.content.decode()
    assert not HelpOffer.objects.exists()


# It lapses


def test_r_7_9_it_lapses_when_the_ast_is_asked_and_the_others_stay(cast: Cast, asked: OutreachRequest) -> None:
    other = another(cast)
    offer(cast, asked)
    actions.offer(request=asked, post=other, note="", by=other.user)
    match = propose(cast, asked)
    assert standing(asked, cast.coordinator) == [], "somebody is asked"
    say(match, AST, cast.ast, yes=False, reason="I cannot after all")
    asked.refresh_from_db()
    assert standing(asked, cast.coordinator) == [other.pk]


def test_r_7_9_it_lapses_when_the_request_is_withdrawn(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    offer(cast, asked)
    asking.withdraw(request=asked, by=cast.host_head, ending="not_needed")
    assert not stands(cast, asked)
    found = page(client, cast.ast, LIST)
    assert "lapsed, the co-ordinator no longer goes by it" in found
    assert client.get(reverse("placements:looking", args=[asked.pk])).status_code == 404


def test_r_7_9_it_lapses_when_the_request_is_declined(cast: Cast, asked: OutreachRequest) -> None:
    offer(cast, asked)
    decisions.decline(request=asked, by=cast.coordinator, ending="policy", note="Not ours")
    assert not stands(cast, asked)


def test_r_7_9_it_lapses_when_the_ast_leaves(cast: Cast, asked: OutreachRequest) -> None:
    offer(cast, asked)
    leaving.record(
        post=cast.post, last_day=date(2026, 12, 31), destination="other", reason="Moves away", by=cast.coordinator
    )
    assert not HelpOffer.objects.exists(), "the weeks asked for go on after that day"


def test_an_offer_of_an_ast_who_has_left_stands_no_more(cast: Cast, asked: OutreachRequest) -> None:
    offer(cast, asked)
    type(cast.post).objects.filter(pk=cast.post.pk).update(ends_on=date(2026, 10, 4))
    assert not stands(cast, asked)


def test_an_offer_to_the_school_that_becomes_the_own_one_is_taken_back(cast: Cast, asked: OutreachRequest) -> None:
    offer(cast, asked)
    event = Moving(post=cast.post, left=cast.home, home=cast.host, on=today(), today=today())
    assert [each.title for each in MOVING.sections(event) if each.title == "Offers to help"]
    MOVING.carry(event, by=cast.coordinator)
    assert not HelpOffer.objects.exists()


# What is true of the AST, and what it costs


def test_r_7_9_what_stands_between_the_ast_and_a_match_is_said(cast: Cast) -> None:
    def said() -> str:
        post = reads.own_post(cast.ast)
        assert post is not None
        return " ".join(reads.truths(post, today()))

    assert said() == "You have 38 days left this school year that are not promised to a school."
    PostAbsence.objects.create(post=cast.post, kind="other", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 1))
    cast.post.patterns.all().delete()
    cast.post.induction.update(done_on=None, done_by=None)
    for words in ("away from your post until 1 December 2026", "No weekday is set aside", "induction is not finished"):
        assert words in said()


def test_r_7_9_an_ast_whose_profile_is_empty_is_told_why_nothing_is_listed(cast: Cast, client: Client) -> None:
    words = "Your profile does not say yet what you offer, so no school is listed"
    assert words not in page(client, cast.ast, LIST)
    cast.post.expertise.all().delete()
    assert words in page(client, cast.ast, LIST)
    type(cast.post).objects.filter(pk=cast.post.pk).update(status="passed", starts_on=None)
    assert "once you are in post" in page(client, cast.ast, LIST)


def test_the_list_costs_the_same_for_one_and_for_thirty(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    client.force_login(cast.ast)
    client.get(reverse(LIST))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(LIST)).status_code == 200
        counts.append(len(caught))
        for _ in range(29):
            offer(cast, RequestFactory(host=SchoolFactory(), created_by=cast.host_head))
    assert counts == [11, 11]  # one is for the saved views, which every list offers


def test_the_first_page_leads_there_while_schools_look(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    words = "1 request in your subjects and key stages"
    assert words in page(client, cast.ast, "home")
    OutreachRequest.objects.filter(pk=asked.pk).update(status="withdrawn")
    assert words not in page(client, cast.ast, "home")
