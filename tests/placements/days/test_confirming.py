"""The host headteacher confirms days, one or many, and is asked again when one moves."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from placements.days.actions import days as actions
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active, elsewhere

pytestmark = pytest.mark.django_db
TUESDAYS = [date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)]
PAGE = "placements:days_confirm"


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return active(cast)


@pytest.fixture
def days(cast: Cast, placement: Placement) -> list[OutreachDay]:
    return actions.plan_series(placement=placement, dates=TUESDAYS, days=1, by=cast.ast)


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def test_r_18_6_all_days_are_confirmed_together_each_recorded_singly(
    client: Client, cast: Cast, days: list[OutreachDay]
) -> None:
    home = as_(client, cast.host_head).get("/").content.decode()
    assert reverse(PAGE) in home
    page = client.get(reverse(PAGE)).content.decode()
    assert page.count("checked") == 3
    done = client.post(reverse(PAGE), {"days": [day.pk for day in days]}, follow=True)
    assert "3 days are confirmed." in done.content.decode()
    assert set(OutreachDay.objects.values_list("status", flat=True)) == {"confirmed"}
    for day in days:
        assert AuditEvent.objects.about(day).filter(by=cast.host_head).count() == 1


def test_some_may_be_left_for_later_and_none_is_an_error(client: Client, cast: Cast, days: list[OutreachDay]) -> None:
    as_(client, cast.host_head)
    assert "Select the days on which you expect the AST" in client.post(reverse(PAGE), {}).content.decode()
    client.post(reverse(PAGE), {"days": [days[0].pk]})
    assert [day.status for day in OutreachDay.objects.order_by("on")] == ["confirmed", "planned", "planned"]


def test_a_day_cancelled_meanwhile_stops_all_and_says_so(client: Client, cast: Cast, days: list[OutreachDay]) -> None:
    actions.cancel_day(day=days[1], side="ast", reason="Ill", by=cast.ast)
    answer = as_(client, cast.host_head).post(reverse(PAGE), {"days": [day.pk for day in days]})
    assert "has been moved, cancelled or confirmed meanwhile" in answer.content.decode()
    assert set(OutreachDay.objects.values_list("status", flat=True)) == {"planned", "cancelled"}


def test_nobody_confirms_days_at_another_school(client: Client, cast: Cast, days: list[OutreachDay]) -> None:
    other = elsewhere(cast)
    theirs = OutreachDay.objects.create(placement=other, on=date(2026, 11, 24), days=1)
    answer = as_(client, cast.host_head).post(reverse(PAGE), {"days": [theirs.pk]})
    assert answer.status_code == 200
    theirs.refresh_from_db()
    assert theirs.status == "planned"
    assert as_(client, cast.outsider).get(reverse(PAGE), follow=True).redirect_chain


def test_a_confirmed_day_that_moves_waits_for_the_school_again(cast: Cast, days: list[OutreachDay]) -> None:
    actions.confirm_days(days=days, by=cast.host_head)
    moved = actions.change_day(day=days[0], on=date(2026, 11, 24), days=1, venue="host", by=cast.ast)
    assert moved.status == "planned"
    same = actions.change_day(day=days[1], on=TUESDAYS[1], days=1, venue="host", note="By car", by=cast.ast)
    assert same.status == "confirmed"
