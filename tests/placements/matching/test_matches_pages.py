"""The match pages over HTTP: who sees what, what a form says back, and how many queries a list costs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from astcoord.core.clock import today
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.matching import actions
from placements.matching import home as home_matches
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.matching.reads import matches as matching
from placements.offers.models import HelpOffer
from placements.placement.models import Placement
from placements.requests.lifecycle import Situation
from placements.requests.models import OutreachRequest
from schools.register.models import School
from tests.cast import Cast
from tests.factories import MatchFactory, PostFactory, RequestFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> OutreachRequest:
    return RequestFactory(host=cast.host, created_by=cast.host_head)


@pytest.fixture
def match(cast: Cast, asked: OutreachRequest) -> Match:
    return actions.propose(request=asked, post=cast.post, days=Decimal(6), by=cast.coordinator)


def sign_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_r_7_1_the_page_says_why_and_who_cannot_be_chosen(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    spent = PostFactory(user__name="Sorrel Vane")
    page = text(sign_in(client, cast.coordinator).get(reverse("placements:candidates", args=[asked.pk])))
    for words in ("Wren Castellow", "Leads others in", "miles", "No days left this year", spent.user.name):
        assert words in page
    assert reverse("placements:match_propose", args=[asked.pk, cast.post.pk]) in page
    assert reverse("placements:match_propose", args=[asked.pk, spent.pk]) not in page


def test_r_7_1_ten_are_shown_first_and_then_all(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    for _ in range(11):
        ledger.open_budget(PostFactory(), cast.year)
    url = reverse("placements:candidates", args=[asked.pk])
    sign_in(client, cast.coordinator)
    assert text(client.get(url)).count("app-candidate__rank") == 10
    assert text(client.get(url, {"all": "1"})).count("app-candidate__rank") == 12


def test_r_7_8_a_half_met_request_is_ranked_by_the_days_still_open(
    cast: Cast, asked: OutreachRequest, client: Client
) -> None:
    helper, other = PostFactory(), PostFactory(user__name="Sorrel Vane", home=cast.elsewhere)
    LedgerEntry.objects.create(post=other, year=cast.year, kind="budget", days=Decimal(3), on=today())
    MatchFactory(request=asked, post=helper, status="agreed", days=Decimal(3), shared=True)
    before, card = matching.candidates(RequestFactory(host=cast.host), today()), {}
    for page in (before, matching.candidates(asked, today())):
        card[page.still] = matching.card_of(page, other.pk)
    whole, half = card[""], card["3 of 6 days are still to be found."]
    assert whole is not None
    assert half is not None
    assert half.score - whole.score == Decimal(6)  # three days are half of six, and all of three: half of 12 points
    assert any("Can give only 3 days" in warning for warning in whole.warnings)
    assert not half.warnings
    sign_in(client, cast.coordinator)
    assert "3 of 6 days are still to be found." in text(client.get(reverse("placements:candidates", args=[asked.pk])))
    page = client.get(reverse("placements:match_propose", args=[asked.pk, cast.post.pk]))
    assert "asks for 6 days, of which 3 days are still to be found;" in text(page)
    assert page.context["form"].initial["days"] == 3


def test_r_17_5_a_home_school_without_a_head_who_can_answer_is_said_before_the_match(
    cast: Cast, asked: OutreachRequest, client: Client
) -> None:
    url = reverse("placements:match_propose", args=[asked.pk, cast.post.pk])
    invitation = f"{reverse('staff:heads_invite')}?row={cast.home.pk}"
    assert invitation not in text(sign_in(client, cast.coordinator).get(url))
    cast.home_head.roles.update(ends_on=date(2026, 9, 30))
    words = "No headteacher of Hollowbrook School has an account, so nobody there can answer yet."
    shown = text(client.get(url))
    assert f"{words} The e-mail goes to the school’s address." in shown
    assert invitation in shown
    assert "Mr T Ashgrove" in text(client.get(invitation.replace("&amp;", "&")))
    School.objects.filter(pk=cast.home.pk).update(email_is_own=True)
    assert "which can be signed in with at once" in text(client.get(url))
    School.objects.filter(pk=cast.home.pk).update(email_is_own=False, email="")
    assert "so nobody there is told" in text(client.get(url))
    done = text(client.post(url, {"days": "6"}, follow=True))
    assert f"Wren Castellow has been asked. {words}" in done


def test_the_candidates_page_takes_fifteen_queries_for_one_and_for_thirty(
    cast: Cast, asked: OutreachRequest, client: Client
) -> None:
    url = reverse("placements:candidates", args=[asked.pk])
    sign_in(client, cast.coordinator).get(url)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(url)
        counts.append(len(caught))
        for _ in range(29):
            ledger.open_budget(other := PostFactory(), cast.year)
            HelpOffer.objects.create(request=asked, post=other, at=timezone.now())
    assert counts == [15, 15], "with the results beside the need (R-7.4), and with who has offered (R-7.9)"
    assert "58 ASTs said “I could do this”" in text(client.get(url))


def test_r_7_3_whoever_breaks_a_hard_rule_has_no_proposal_page(
    cast: Cast, asked: OutreachRequest, client: Client
) -> None:
    spent = PostFactory()
    response = sign_in(client, cast.coordinator).post(
        reverse("placements:match_propose", args=[asked.pk, spent.pk]), {"days": "6"}
    )
    assert response.url == reverse("placements:candidates", args=[asked.pk])
    assert not Match.objects.exists()


def test_r_7_3_proposing_from_the_page(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    url = reverse("placements:match_propose", args=[asked.pk, cast.post.pk])
    sign_in(client, cast.coordinator)
    assert "Why this AST and not one ranked higher" not in text(client.get(url))
    assert "Enter 13 days or less" in text(client.post(url, {"days": "20"}))
    client.post(url, {"days": "5"})
    assert Match.objects.get().days == 5


def test_r_7_3_a_lower_choice_is_asked_for_a_reason(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    second = PostFactory(home=SchoolFactory(phase="secondary", easting=450000, northing=330000))
    ledger.open_budget(second, cast.year)
    url = reverse("placements:match_propose", args=[asked.pk, second.pk])
    page = text(sign_in(client, cast.coordinator).post(url, {"days": "5"}))
    assert "Enter why you choose this AST" in page
    assert not Match.objects.exists()


def test_r_5_7_an_unconfirmed_request_shows_why_nobody_can_be_chosen(cast: Cast, client: Client) -> None:
    asked = RequestFactory(host=cast.host, confirmed_by=None)
    page = text(sign_in(client, cast.coordinator).get(reverse("placements:candidates", args=[asked.pk])))
    assert "has not confirmed this request" in page
    assert reverse("placements:match_propose", args=[asked.pk, cast.post.pk]) not in page


def test_r_7_5_the_ast_says_yes_and_the_home_head_makes_it_three(cast: Cast, match: Match, client: Client) -> None:
    sign_in(client, cast.ast).post(reverse("placements:match_ast", args=[match.pk]), {"reply": "yes"})
    sign_in(client, cast.home_head).post(reverse("placements:match_home", args=[match.pk]), {"reply": "yes"})
    assert Placement.objects.get().match == match


def test_r_7_5_a_no_without_a_reason_comes_back(cast: Cast, match: Match, client: Client) -> None:
    url = reverse("placements:match_ast", args=[match.pk])
    response = sign_in(client, cast.ast).post(url, {"reply": "no"})
    assert "Enter why you say no" in text(response)
    client.post(url, {"reply": "no", "reason": "I teach on Tuesdays now"})
    match.refresh_from_db()
    assert match.status == MatchStatus.REFUSED


def test_difficulty_and_names_never_reach_the_people_asked(cast: Cast, match: Match, client: Client) -> None:
    match.request.staff.update(situation=Situation.SOME)
    for user, page in ((cast.ast, "placements:match_ast"), (cast.home_head, "placements:match_home")):
        found = text(sign_in(client, user).get(reverse(page, args=[match.pk])))
        assert "Plan and teach alongside two teachers" in found
        assert "Juno Pettifer" not in found
        assert "difficulty" not in found.lower()


def test_r_7_6_the_co_ordinator_alone_is_refused_and_led_to_the_group(
    cast: Cast, asked: OutreachRequest, client: Client
) -> None:
    cast.policy.match_decider = "group"
    cast.policy.save()
    match = actions.propose(request=asked, post=cast.post, days=Decimal(6), by=cast.coordinator)
    page = text(sign_in(client, cast.coordinator).get(reverse("placements:match", args=[match.pk])))
    assert reverse("placements:group_meetings") in page
    url = reverse("placements:match_decision", args=[match.pk])
    assert "The deployment group decides" in text(client.post(url, {"reply": "yes"}))
    assert not match.answers.exists()


def test_where_no_group_decides_any_more_the_co_ordinator_answers(
    cast: Cast, asked: OutreachRequest, client: Client
) -> None:
    cast.policy.match_decider = "group"
    cast.policy.save()
    match = actions.propose(request=asked, post=cast.post, days=Decimal(6), by=cast.coordinator)
    cast.policy.match_decider = "coordinator"
    cast.policy.save()
    url = reverse("placements:match_decision", args=[match.pk])
    assert url in text(sign_in(client, cast.coordinator).get(reverse("placements:match", args=[match.pk])))
    client.post(url, {"reply": "yes"})
    assert match.answers.get().yes


def test_withdrawing_from_the_page(cast: Cast, match: Match, client: Client) -> None:
    url = reverse("placements:match_withdraw", args=[match.pk])
    sign_in(client, cast.coordinator)
    assert "Enter a short reason" in text(client.post(url, {}))
    client.post(url, {"reason": "The AST is ill"})
    match.refresh_from_db()
    assert match.status == MatchStatus.REFUSED


def test_foreign_people_do_not_find_a_match(cast: Cast, match: Match, client: Client) -> None:
    other_ast = PostFactory().user
    expected = [
        (cast.outsider, "placements:match_home", 404),
        (cast.host_head, "placements:match_home", 404),
        (other_ast, "placements:match_ast", 404),
        (cast.home_head, "placements:match_ast", 403),
        (cast.ast, "placements:match", 403),
        (cast.chair, "placements:match", 403),
        (cast.administrator, "placements:match_withdraw", 403),
        (cast.officer, "placements:match_decision", 403),
        (cast.officer, "placements:match", 200),
    ]
    for user, page, status in expected:
        response = sign_in(client, user).get(reverse(page, args=[match.pk]))
        assert response.status_code == status, (user.name, page)


def test_only_the_office_sees_candidates(cast: Cast, asked: OutreachRequest, client: Client) -> None:
    url = reverse("placements:candidates", args=[asked.pk])
    for user, status in (
        (cast.coordinator, 200),
        (cast.administrator, 200),
        (cast.host_head, 403),
        (cast.ast, 403),
        (cast.chair, 403),
    ):
        assert sign_in(client, user).get(url).status_code == status
    propose = reverse("placements:match_propose", args=[asked.pk, cast.post.pk])
    assert sign_in(client, cast.administrator).post(propose, {"days": "6"}).status_code == 403
    assert not Match.objects.exists()


@pytest.mark.parametrize("name", ["matches", "asked_of_me", "answers_awaited"])
def test_lists_cost_the_same_queries_for_one_row_and_for_thirty(cast: Cast, client: Client, name: str) -> None:
    user = {"matches": cast.coordinator, "asked_of_me": cast.ast, "answers_awaited": cast.home_head}[name]
    url = reverse(f"placements:{name}")
    sign_in(client, user)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    MatchFactory(post=cast.post)
    client.get(url)  # the first request of a session notes the browser
    one = count()
    for _ in range(29):
        MatchFactory(post=cast.post)
    assert count() == one <= 12


def test_home_says_who_owes_an_answer(cast: Cast, match: Match) -> None:
    for user in (cast.ast, cast.home_head, cast.coordinator):
        (task,) = home_matches.tasks(user, today())
        assert (task.count, task.due) == (1, match.answer_by)
    actions.answer(match=match, party="ast", yes=True, by=cast.ast)
    assert not list(home_matches.tasks(cast.ast, today()))
    assert not list(home_matches.tasks(cast.outsider, today()))


@pytest.mark.parametrize(
    ("who", "page", "back"), [("ast", "match_ast", "asked_of_me"), ("home_head", "match_home", "answers_awaited")]
)
def test_an_answered_match_leads_back_to_the_list_and_on_to_the_placement(
    cast: Cast, match: Match, client: Client, who: str, page: str, back: str
) -> None:
    address = reverse(f"placements:{page}", args=[match.pk])
    before = text(sign_in(client, getattr(cast, who)).get(address))
    assert f'href="{reverse(f"placements:{back}")}"' in before
    assert "6 days" in before
    assert "Go to the placement" not in before
    for party, by in (("ast", cast.ast), ("home_head", cast.home_head)):
        actions.answer(match=match, party=party, yes=True, by=by)
    assert f'href="{Placement.objects.get().get_absolute_url()}"' in text(client.get(address))


def test_section_g_an_officer_reads_who_was_asked_and_neither_rank_nor_why_not(
    cast: Cast, match: Match, client: Client
) -> None:
    why = "We are being inspected this term"
    actions.answer(match=match, party="home_head", yes=False, by=cast.home_head, reason=why)
    for reader, reads in ((cast.coordinator, True), (cast.administrator, True), (cast.officer, False)):
        page = text(sign_in(client, reader).get(reverse("placements:match", args=[match.pk])))
        assert "Ended by a no" in page
        assert (why in page) is reads, reader
        assert ("of 100 points" in page) is reads, reader
        assert (f"ranked {match.rank}" in page) is reads, reader
