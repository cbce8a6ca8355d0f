"""Slow starts, shortfalls, and what is asked of whom (R-4.6, R-4.9, N15)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from placements.balances.actions import tell_of_alerts
from placements.balances.reads.alerts import alerts_of, for_everybody
from placements.days import ledger
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.variations.models import TimeVariation
from schools.register.models import SchoolStatus
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import MatchFactory, PostFactory, RequestFactory
from tests.placements import stories
from tests.placements.active import active

pytestmark = pytest.mark.django_db

JANUARY = date(2027, 1, 5)
NOVEMBER = date(2026, 11, 10)  # after the autumn half-term


@pytest.fixture
def starter(cast: Cast) -> Cast:
    """A first post that began in September."""
    Post.objects.filter(pk=cast.post.pk).update(first_post=True, starts_on=date(2026, 9, 1))
    return cast


@pytest.fixture
def at(clock: Any) -> Any:
    def go(day: date) -> date:
        clock.move_to(datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9))
        return day

    return go


def kinds(cast: Cast, on: date) -> list[str]:
    posts = Post.objects.filter(pk=cast.post.pk).prefetch_related("home__statuses")
    return [alert.kind for found in alerts_of(posts, on) for alert in found.alerts]


def half_a_week(cast: Cast, first: date, weeks: int, share: str = "0.5") -> None:
    placement = active(cast, days=D(share) * weeks, starts_on=first, ends_on=first + timedelta(days=7 * weeks))
    for week in range(weeks):
        OutreachDay.objects.create(placement=placement, on=first + timedelta(days=7 * week), days=D(share))


def test_r_4_6_a_september_starter_with_half_a_day_a_week_in_january_is_short(
    starter: Cast, at: Any, client: Client
) -> None:
    half_a_week(starter, date(2026, 11, 3), 6)
    half_a_week(starter, JANUARY, 11)
    assert kinds(starter, at(NOVEMBER)) == []  # the ramp
    assert kinds(starter, at(JANUARY)) == ["shortfall"]
    client.force_login(starter.home_head)
    html = client.get(reverse("placements:balance", args=[starter.post.pk])).content.decode()
    assert "5.5 days of outreach fall into this term. The full share is" in html


def test_r_4_6_the_full_share_is_no_shortfall(starter: Cast, at: Any) -> None:
    half_a_week(starter, JANUARY, 11, "1")
    assert kinds(starter, at(JANUARY)) == []


def test_r_4_6_a_slow_start_is_called_so_by_half_term_and_not_before(starter: Cast, at: Any) -> None:
    assert kinds(starter, at(date(2026, 10, 6))) == []
    assert kinds(starter, at(NOVEMBER)) == ["slow-start"]
    half_a_week(starter, date(2026, 12, 1), 2)
    assert kinds(starter, NOVEMBER) == []


def test_r_4_6_a_second_post_has_no_ramp(cast: Cast, at: Any) -> None:
    assert kinds(cast, at(date(2026, 9, 8))) == []  # the year's first weeks
    assert kinds(cast, at(NOVEMBER)) == ["shortfall"]


def test_r_4_7_another_share_lowers_what_is_expected(cast: Cast, at: Any) -> None:
    half_a_week(cast, JANUARY, 11)
    agreed = {"home_by": cast.home_head, "home_on": JANUARY, "office_by": cast.coordinator, "office_on": JANUARY}
    span = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 4, 1)}
    TimeVariation.objects.create(
        post=cast.post, share=D("0.10"), reason="Home", status="in_force", asked_by=cast.ast, **span, **agreed
    )
    assert kinds(cast, at(JANUARY)) == []


def test_r_4_9_a_home_in_special_measures_raises_no_alert_and_a_recommendation_shows(
    cast: Cast, at: Any, client: Client
) -> None:
    at(JANUARY)
    SchoolStatus.objects.create(school=cast.home, kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    assert tell_of_alerts(JANUARY) == 0
    assert not Message.objects.filter(kind__startswith="time-alert").exists()
    client.force_login(cast.coordinator)
    html = client.get(reverse("placements:balance", args=[cast.post.pk])).content.decode()
    assert "Some is recommended" in html
    assert "Shortfall" not in html


@pytest.mark.parametrize(
    ("status", "funding", "policy", "expected"),
    [
        ({"kind": "category", "name": "causing_serious_concern"}, "standards_fund", {}, []),
        ({"kind": "category", "name": "serious_weaknesses"}, "standards_fund", {}, []),
        (
            {"kind": "category", "name": "serious_weaknesses"},
            "standards_fund",
            {"waive_serious_weaknesses": False},
            ["shortfall"],
        ),
        ({"kind": "programme", "name": "national_challenge"}, "standards_fund", {}, ["shortfall"]),
        (
            {"kind": "programme", "name": "national_challenge"},
            "standards_fund",
            {"national_challenge_outreach": "limited"},
            [],
        ),
        (None, "school", {}, []),
        (None, "standards_fund", {}, ["shortfall"]),
    ],
)
def test_r_4_9_only_required_outreach_raises_alerts(
    cast: Cast, at: Any, status: Any, funding: str, policy: dict[str, Any], expected: list[str]
) -> None:
    if status:
        SchoolStatus.objects.create(school=cast.home, starts_on=date(2026, 9, 1), **status)
    Post.objects.filter(pk=cast.post.pk).update(funding=funding)
    for name, value in policy.items():
        setattr(cast.policy, name, value)
    cast.policy.save()
    assert kinds(cast, at(JANUARY)) == expected


def test_g_which_alerts_there_are_tells_an_administrator_nothing_of_who_pays(
    cast: Cast, at: Any, client: Client
) -> None:
    at(JANUARY)
    read: dict[str, set[bool]] = {}
    for funding in ("school", "standards_fund"):
        Post.objects.filter(pk=cast.post.pk).update(funding=funding)
        for who in (cast.coordinator, cast.administrator):
            client.force_login(who)
            page = client.get(reverse("placements:time_alerts")).content.decode()
            read.setdefault(who.name, set()).add("Shortfall of outreach" in page)
    assert read == {cast.coordinator.name: {True, False}, cast.administrator.name: {True}}


def test_n15_an_overdrawn_year_and_days_that_no_longer_fit(cast: Cast, at: Any) -> None:
    SchoolStatus.objects.create(school=cast.home, kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    placement = active(cast, days=D(5), starts_on=date(2027, 1, 19), ends_on=date(2027, 2, 2))
    assert kinds(cast, at(JANUARY)) == []
    at(date(2027, 1, 12))
    assert kinds(cast, date(2027, 1, 19)) == ["cap"]
    ledger.write("contract", placement, D(40), on=placement.starts_on, by=cast.coordinator)
    assert kinds(cast, date(2027, 1, 19)) == ["budget", "cap"]


@pytest.mark.usefixtures("quick_print")
def test_n15_the_limit_is_that_of_the_policy_which_the_contract_was_signed_under(cast: Cast, at: Any) -> None:
    stories.active(cast)  # six days to 9 February, signed with a whole day a week
    Policy.objects.create(
        valid_from=date(2026, 11, 1), authority_name="Marlshire", weekly_outreach_cap=D("0.5"), ast_days_per_year=38
    )
    weeks_of_six = at(date(2027, 1, 5))
    assert "cap" not in kinds(cast, weeks_of_six)
    Placement.objects.update(days=D(7))
    assert "cap" in kinds(cast, weeks_of_six)


def test_n15_each_is_told_once_a_term_and_the_coordinator_in_one_message(cast: Cast, at: Any) -> None:
    at(JANUARY)
    ledger.open_budget(PostFactory(home=cast.home), cast.year)
    assert [tell_of_alerts(JANUARY), tell_of_alerts(JANUARY)] == [2, 0]
    assert tell_of_alerts(at(JANUARY + timedelta(days=1))) == 0
    told = Message.objects.filter(kind="time-alert").values_list("to_email", flat=True)
    assert sorted(told).count(cast.home_head.email) == 2
    assert cast.ast.email in told
    (office,) = Message.objects.filter(kind="time-alerts")
    assert "- Wren Castellow: shortfall of outreach. 0 days of outreach fall into this term." in office.body
    assert tell_of_alerts(at(date(2027, 4, 20))) == 2  # another term


def test_n15_everybody_concerned_is_led_there_from_the_first_page(cast: Cast, at: Any, client: Client) -> None:
    at(JANUARY)
    for who, words in (
        (cast.coordinator, "Look at ASTs’ time"),
        (cast.home_head, "Look at the time of Wren Castellow"),
        (cast.ast, "Look at the time of Wren Castellow"),
    ):
        client.force_login(who)
        assert words in client.get(reverse("tasks")).content.decode()
    client.force_login(cast.host_head)
    assert "Look at the time" not in client.get(reverse("tasks")).content.decode()
    client.force_login(cast.coordinator)
    assert "Shortfall of outreach" in client.get(reverse("placements:time_alerts")).content.decode()


def test_alerts_cost_the_same_for_one_and_for_many(cast: Cast, at: Any) -> None:
    at(JANUARY)
    with CaptureQueriesContext(connection) as one:
        for_everybody(JANUARY)
    for _ in range(8):
        post = PostFactory()
        ledger.open_budget(post, cast.year)
        MatchFactory(request=RequestFactory(), post=post, proposed_by=cast.coordinator)
    with CaptureQueriesContext(connection) as many:
        assert len(for_everybody(JANUARY)) == 9
    assert len(one) == len(many) <= 17


def test_there_is_nothing_to_say_in_the_holidays(cast: Cast, at: Any) -> None:
    assert kinds(cast, at(date(2026, 12, 29))) == []
