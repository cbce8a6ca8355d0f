"""The pages around outreach days: who reaches them, and what people see."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from placements.days.models import OutreachDay
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active, elsewhere
from tests.placements.days.test_days import FIRST, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return active(cast)


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def test_the_ast_plans_a_day(client: Client, cast: Cast, placement: Placement) -> None:
    url = reverse("placements:day_plan", args=[placement.pk])
    answer = {"on": "2026-11-03", "days": "1", "venue": "host"}
    response = as_(client, cast.ast).post(url, answer, follow=True)
    assert "3 November 2026 is planned." in response.content.decode()
    again = client.post(url, {**answer, "on": "2026-11-05"})
    assert "That week already holds 1 day of outreach" in again.content.decode()
    assert OutreachDay.objects.count() == 1


@pytest.mark.parametrize("junk", [{"venue": ""}, {"on": "x"}, {"on": "2026-11-03", "days": "7", "venue": "moon"}])
def test_nonsense_is_answered_with_the_form(client: Client, cast: Cast, placement: Placement, junk: Any) -> None:
    url = reverse("placements:day_plan", args=[placement.pk])
    response = as_(client, cast.ast).post(url, junk)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()


def test_series_preview_then_save(client: Client, cast: Cast, placement: Placement) -> None:
    url = reverse("placements:day_series", args=[placement.pk])
    asked = {"first": "2026-11-03", "last": "2026-12-31", "weekday": "1", "days": "1", "venue": "host"}
    preview = as_(client, cast.ast).post(url, asked)
    text = preview.content.decode()
    assert "Plan these 6 days" in text
    assert "it is in the holidays" in text
    assert not OutreachDay.objects.exists()
    dates = " ".join(on.isoformat() for on in preview.context["dates"])
    saved = client.post(url, {**asked, "dates": dates, "save": "1"}, follow=True)
    assert "6 days planned." in saved.content.decode()
    again = client.post(url, {**asked, "dates": dates, "save": "1"})
    assert OutreachDay.objects.count() == 6
    assert "There is a problem" in again.content.decode()


@pytest.mark.parametrize("dates", ["", "yesterday", "2026-11-03;drop"])
def test_series_with_hostile_dates_saves_nothing(client: Client, cast: Cast, placement: Placement, dates: str) -> None:
    asked = {"first": "2026-11-03", "last": "2026-12-31", "weekday": "1", "days": "1", "venue": "host"}
    url = reverse("placements:day_series", args=[placement.pk])
    response = as_(client, cast.ast).post(url, {**asked, "dates": dates, "save": "1"})
    assert response.status_code == 200
    assert not OutreachDay.objects.exists()


def test_host_head_confirms_and_cancels(client: Client, cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    as_(client, cast.host_head).post(reverse("placements:day_confirm", args=[day.pk]))
    day.refresh_from_db()
    assert day.status == "confirmed"
    url = reverse("placements:day_cancel", args=[day.pk])
    assert "Select who could not make it" in client.post(url, {"reason": "Snow"}).content.decode()
    client.post(url, {"side": "host", "reason": "Snow"})
    day.refresh_from_db()
    assert (day.status, day.cancelled_by) == ("cancelled", "host")
    assert client.get(url).status_code == 404


def test_the_wrong_people_do_not_reach_the_pages(client: Client, cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    pages = [
        reverse("placements:day_plan", args=[placement.pk]),
        reverse("placements:day_series", args=[placement.pk]),
        reverse("placements:day_change", args=[day.pk]),
        reverse("placements:day_cancel", args=[day.pk]),
    ]
    for person in (cast.outsider, cast.chair, cast.officer):
        as_(client, person)
        assert {client.get(page).status_code for page in pages} <= {403, 404}
        assert client.post(reverse("placements:day_confirm", args=[day.pk])).status_code in (403, 404)
    as_(client, cast.home_head)
    assert {client.get(page).status_code for page in pages} == {403}
    assert client.post(reverse("placements:day_confirm", args=[day.pk])).status_code == 404


def test_a_day_is_moved_on_its_page(client: Client, cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    url = reverse("placements:day_change", args=[day.pk])
    assert as_(client, cast.ast).get(url).status_code == 200
    client.post(url, {"on": "2026-11-05", "days": "0.5", "venue": "home"})
    day.refresh_from_db()
    assert (day.on, day.venue) == (date(2026, 11, 5), "home")


def test_short_notice_is_only_a_warning(client: Client, cast: Cast, placement: Placement, clock: Any) -> None:
    clock.shift(timedelta(days=27))  # 2 November; the contract gives five school days
    url = reverse("placements:day_plan", args=[placement.pk])
    response = as_(client, cast.ast).post(url, {"on": "2026-11-04", "days": "1", "venue": "host"}, follow=True)
    assert "The contract gives staff 5 to prepare something" in response.content.decode()
    assert OutreachDay.objects.count() == 1


def test_r_10_9_the_list_counts_a_cancellation_to_its_side(client: Client, cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    plan(cast, placement, FIRST + timedelta(days=7))
    as_(client, cast.host_head).post(
        reverse("placements:day_cancel", args=[day.pk]), {"side": "host", "reason": "=1+1 snow"}
    )
    url = reverse("placements:day_list")
    rows = as_(client, cast.administrator).get(f"{url}?cancelled_by=host&export=csv")
    lines = b"".join(rows.streaming_content).decode().partition("\r\n\r\n")[0].splitlines()
    assert len(lines) == 2
    assert "Host school" in lines[1]
    assert "snow" in lines[1]
    for_officer = as_(client, cast.officer).get(f"{url}?export=csv")
    said = b"".join(for_officer.streaming_content).decode()
    assert "Host school" in said
    assert "snow" not in said, "section G: officers read sums, nobody's own words"


def test_the_list_costs_the_same_at_1_and_30_rows(
    client: Client, cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(12) as counted:
            assert client.get(reverse("placements:day_list")).status_code == 200
        return len(counted)

    plan(cast, placement)
    as_(client, cast.coordinator)
    queries()
    one = queries()
    second = elsewhere(cast)
    OutreachDay.objects.bulk_create(
        OutreachDay(placement=second, on=FIRST + timedelta(days=n), days=1) for n in range(30)
    )
    assert queries() == one


def test_r_8_7_a_day_two_school_days_ahead_warns_where_five_were_agreed(
    client: Client, cast: Cast, placement: Placement, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2026, 11, 5, 9, tzinfo=UTC))
    url = reverse("placements:day_plan", args=[placement.pk])
    page = as_(client, cast.ast).post(url, {"on": "2026-11-10", "days": "1", "venue": "host"}, follow=True)
    assert "This gives 2 school days of notice. The contract gives staff 5" in page.content.decode()
    assert OutreachDay.objects.get().on == date(2026, 11, 10)
