"""The examples of sections 5 to 7, to the letter, where the tests beside them use other values."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from astcoord.core import delivery, presets
from astcoord.core.problems import Refused
from placements.days.actions import days
from placements.letters import actions as letters
from placements.letters import tasks
from placements.letters.models import Letter, LetterRound
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar.models import Term
from schools.register.models import School
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory, SchoolFactory
from tests.placements.active import active, elsewhere
from tests.placements.matching.matching_stories import AST, CO, HOME, codes, propose, say
from tests.placements.requests.asking import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def thirty(cast: Cast, clock: Any) -> None:
    """Thirty schools on the first days of the summer term, and letters in no other term."""
    SchoolFactory.create_batch(27)
    PostFactory(home=cast.host)
    cast.policy.letter_terms, cast.policy.letters_need_approval = (), False
    cast.policy.save()
    assert School.objects.count() == 30
    summer = Term.objects.get(slug="summer-2027")
    clock.move_to(datetime.combine(summer.starts_on, time(9), UTC))


@pytest.mark.usefixtures("thirty")
def test_r_5_1_thirty_schools_and_the_summer_job_make_thirty_letters_with_the_live_count() -> None:
    assert tasks.build_letters() == 1
    assert Letter.objects.count() == 30
    built = LetterRound.objects.get()
    assert (built.term.slug, built.facts["asts_in_post"]) == ("summer-2027", 2)


@pytest.mark.usefixtures("thirty")
def test_r_5_3_thirty_sent_and_a_rerun_sends_none(mailoutbox: list[Any]) -> None:
    for _ in range(2):
        tasks.build_letters()
        delivery.deliver_all()
        letters.finish_rounds()
        assert len(mailoutbox) == 30


@pytest.mark.usefixtures("thirty")
def test_r_5_2_a_new_ast_passed_and_inducted_and_one_click_is_an_extra_round(cast: Cast, client: Client) -> None:
    tasks.build_letters()
    delivery.deliver_all()
    letters.finish_rounds()
    PostFactory(home=cast.elsewhere)
    client.force_login(cast.coordinator)
    client.post(url("letters_early"), {"term": LetterRound.objects.get().term_id})
    assert [r.facts["asts_in_post"] for r in LetterRound.objects.order_by("number")] == [2, 3]


@pytest.mark.parametrize("route", ["other_staff", "improvement", "data", "inspection", "direct"])
def test_r_5_7_an_authoritys_request_is_confirmed_before_its_match_is_agreed(cast: Cast, route: str) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.administrator, confirmed_by=cast.host_head, route=route)
    match = propose(cast, asked)
    OutreachRequest.objects.update(confirmed_by=None)
    say(match, AST, cast.ast)
    with pytest.raises(Refused) as refused:
        say(match, HOME, cast.home_head)
    assert codes(refused) == {"unsettled"}, "what lies in the request is one sentence for who may not know all of it"
    assert not Placement.objects.exists()


def test_r_6_2_help_with_maths_only_is_returned_and_the_head_sees_the_questions(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, task="Help with maths")
    client.force_login(cast.coordinator)
    client.post(url("request_return", asked.pk), {"questions": "Which classes, and to what end?"})
    client.force_login(cast.host_head)
    page = client.get(url("request_detail", asked.pk)).content.decode()
    assert "Waiting for the headteacher’s answers" in page
    assert "Which classes, and to what end?" in page


def test_r_7_6_given_leicester_the_co_ordinators_yes_alone_is_refused_until_the_group_decides(cast: Cast) -> None:
    for name, value in presets.settings_of("leicester").items():
        setattr(cast.policy, name, value)
    cast.policy.save()
    match = propose(cast, RequestFactory(host=cast.host, created_by=cast.host_head))
    say(match, AST, cast.ast)
    say(match, HOME, cast.home_head)
    with pytest.raises(Refused) as refused:
        say(match, CO, cast.coordinator)
    assert codes(refused) == {"group"}
    assert not Placement.objects.exists()


def test_r_7_8_two_active_placements_at_half_a_day_each_are_valid(cast: Cast) -> None:
    first, second = active(cast, day_share=Decimal("0.5")), elsewhere(cast, day_share=Decimal("0.5"))
    tuesday = date(2026, 11, 3)
    for placement, on in ((first, tuesday), (second, tuesday + timedelta(days=2))):
        planned = days.plan_day(placement=placement, on=on, days=placement.day_share, by=cast.ast)
        assert planned.days == Decimal("0.5")
    assert {p.status for p in Placement.objects.all()} == {"active"}
