"""A person's own calendar address (R-18.3): who reads what in it, what a change does, and how it is revoked."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from astcoord.core import calendars
from astcoord.core.clock import today
from placements.days.actions import days as actions
from placements.days.models import OutreachDay
from placements.placement.models import Placement, PlannedReview
from staff.accounts.models import User
from staff.feeds import actions as feeds
from staff.feeds import links
from tests import ical
from tests.cast import Cast
from tests.placements import stories
from tests.placements.active import PEOPLE, active

pytestmark = pytest.mark.django_db
FIRST = date(2026, 11, 3)


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return active(cast)


@pytest.fixture
def day(cast: Cast, placement: Placement) -> OutreachDay:
    return actions.plan_day(placement=placement, on=FIRST, days=Decimal("0.5"), note="Juno Pettifer", by=cast.ast)


def path_of(user: User) -> str:
    return urlsplit(links.address(feeds.open_feed(by=user))).path


def fetched(client: Client, path: str) -> dict[str, Any]:
    """What a calendar program holds after it has fetched the address, by name."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    return ical.by_uid(response.content)


def test_r_18_3_a_moved_day_is_the_same_entry_with_a_higher_sequence_and_the_new_time(
    client: Client, cast: Cast, day: OutreachDay
) -> None:
    path = path_of(cast.ast)
    (uid, before), *others = fetched(client, path).items()
    assert others == []
    assert (before["first"], before["next"], before["allDay"]) == ("2026-11-03", "2026-11-04", True)
    assert (before["status"], before["busy"]) == ("TENTATIVE", True)
    actions.change_day(day=day, on=date(2026, 11, 10), days=Decimal(1), venue="host", by=cast.ast)
    after = fetched(client, path)[uid]
    assert after["first"] == "2026-11-10"
    assert after["sequence"] > before["sequence"]
    assert after["stamp"] >= before["stamp"]


def test_r_18_3_a_cancelled_day_reaches_the_subscriber(client: Client, cast: Cast, day: OutreachDay) -> None:
    path = path_of(cast.ast)
    (uid, before), *_ = fetched(client, path).items()
    actions.cancel_day(day=day, side="host", reason="Inspection", by=cast.host_head)
    after = fetched(client, path)[uid]
    assert (after["status"], after["busy"]) == ("CANCELLED", False)
    assert after["sequence"] > before["sequence"]
    assert "Inspection" not in after["text"]


def test_everybody_reads_their_own_and_only_that(client: Client, cast: Cast, day: OutreachDay) -> None:
    def titles(user: User) -> list[str]:
        return [event["title"] for event in fetched(client, path_of(user)).values()]

    assert titles(cast.ast) == ["Outreach: Fernleigh Primary School (0.5 days)"]
    assert titles(cast.host_head) == ["AST: Wren Castellow (0.5 days)"]
    assert titles(cast.home_head) == ["Wren Castellow away: cover (0.5 days)"]
    for nobody in (cast.outsider, cast.chair, cast.officer, cast.administrator):
        assert titles(nobody) == []


def test_no_calendar_names_the_people_supported(client: Client, cast: Cast, day: OutreachDay) -> None:
    for user in (cast.ast, cast.host_head, cast.home_head, cast.coordinator):
        text = client.get(path_of(user)).content.decode()
        assert not any(name.split()[-1] in text for name in PEOPLE)


def test_meetings_and_fixed_dates_are_the_co_ordinators_too(client: Client, cast: Cast, placement: Placement) -> None:
    placement.meeting_called_for, placement.meeting_place = date(2026, 10, 12), "Library, 4 pm; bring plans"
    placement.save()
    for kind in ("final_evaluation", "reserved_day"):
        PlannedReview.objects.create(placement=placement, kind=kind, on=date(2027, 2, 9))
    for user in (cast.coordinator, cast.ast, cast.host_head):
        events = fetched(client, path_of(user)).values()
        assert [e["first"] for e in events] == ["2026-10-12", "2027-02-09"]
        meeting, last = events
        assert meeting["place"] == "Library, 4 pm; bring plans"
        assert last["title"].startswith("Final evaluation with the co-ordinator")
    assert fetched(client, path_of(cast.home_head)) == {}


@pytest.mark.usefixtures("quick_print")
def test_a_meeting_is_called_off_with_a_placement_that_ends_before_its_contract(client: Client, cast: Cast) -> None:
    def said(placement: Placement) -> list[str]:
        placement.status, placement.meeting_called_for = "closed", date(2026, 10, 12)
        placement.save()
        return [event["status"] for event in fetched(client, path_of(cast.coordinator)).values()]

    assert said(cast.placement()) == ["CANCELLED"]
    assert sorted(said(stories.issued(cast))) == ["CANCELLED", "CONFIRMED"]


def test_an_address_that_was_replaced_or_closed_no_longer_works(client: Client, cast: Cast) -> None:
    first = path_of(cast.ast)
    second = path_of(cast.ast)
    answer = client.get(first)
    assert (answer.status_code, "no longer works" in answer.content.decode()) == (410, True)
    assert client.get(second).status_code == 200
    assert feeds.close_feed(by=cast.ast)
    assert client.get(second).status_code == 410
    assert not feeds.close_feed(by=cast.ast)


def test_an_address_ends_with_the_account(client: Client, cast: Cast) -> None:
    path = path_of(cast.ast)
    cast.ast.is_active = False
    cast.ast.save()
    assert client.get(path).status_code == 410


def test_what_was_never_an_address_is_not_found_and_not_tried_for_ever(client: Client, cast: Cast) -> None:
    good = path_of(cast.ast)
    forged = reverse("staff:calendar_feed", args=["W10:1abcde:" + "x" * 43])
    assert client.get(forged).status_code == 404
    assert client.get(good.replace(".ics", "x.ics")).status_code == 404
    for _ in range(40):
        last = client.get(forged).status_code
    assert last == 429
    assert client.get(good).status_code == 200
    cache.clear()


def test_the_address_is_kept_by_nobody(client: Client, cast: Cast) -> None:
    response = client.get(path_of(cast.ast))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_a_person_makes_replaces_and_closes_the_address(client: Client, cast: Cast, day: OutreachDay) -> None:
    client.force_login(cast.ast)
    page = reverse("staff:calendar")
    assert "Make a calendar address" in client.get(page).content.decode()
    shown = client.post(reverse("staff:calendar_open"), follow=True)
    address = shown.context["address"]
    assert address in shown.content.decode()
    assert "Outreach: Fernleigh Primary School" in shown.content.decode()
    again = client.post(reverse("staff:calendar_open"), follow=True)
    assert "The old one no longer works." in again.content.decode()
    assert again.context["address"] != address
    closed = client.post(reverse("staff:calendar_close"), follow=True)
    assert closed.context["address"] == ""


def test_a_feed_goes_back_three_months_and_costs_no_more_for_thirty_days(
    client: Client, cast: Cast, placement: Placement, django_assert_max_num_queries: Any, clock: time_machine.Traveller
) -> None:
    monday = date(2026, 11, 2)
    for week in range(30):
        OutreachDay.objects.create(placement=placement, on=monday + timedelta(weeks=week), days=1)
    path = path_of(cast.ast)
    with django_assert_max_num_queries(12):
        assert len(fetched(client, path)) == 30
    for each in range(30):  # most are over, some before a contract
        cast.placement(meeting_called_for=monday - timedelta(days=each), status="closed" if each % 3 else "active")
    path = path_of(cast.coordinator)
    with django_assert_max_num_queries(11):
        assert len(fetched(client, path)) == 30
    path = path_of(cast.ast)
    clock.shift(timedelta(days=150))
    first = min(event["first"] for event in fetched(client, path).values())
    assert date.fromisoformat(first) >= today() - calendars.BACK
