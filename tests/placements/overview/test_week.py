"""The office's first page is its week: cases by their day, numbers that are those of the lists behind (R-20.2)."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from astcoord.core import opening, week
from placements.days.models import OutreachDay
from placements.notes.actions import NOTES
from placements.requests.actions import owning
from tests.cast import Cast
from tests.factories import MatchFactory, PostFactory, RequestFactory
from tests.staff.governance.test_failed_mail import fail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 6, 9, tzinfo=UTC)
TODAY = NOW.date()
"""A Tuesday."""


@pytest.fixture
def coordinator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.coordinator)
    return client


def held(cast: Cast, count: int, first: date = date(2026, 9, 14)) -> None:
    """So many days in the past that nobody has written up."""
    placement = cast.placement(status="active")
    for number in range(count):
        OutreachDay.objects.create(placement=placement, on=first + timedelta(days=number), days=1)


def links(page: str, words: str) -> list[str]:
    return [unescape(url) for url in re.findall(rf'href="([^"]+)">\d+ {words}</a>', page)]


def test_r_20_2_seven_days_not_written_up_followed_are_seven_rows(coordinator: Client, cast: Cast) -> None:
    held(cast, 7)
    held(cast, 1, TODAY - timedelta(days=1))  # may still be written up
    page = coordinator.get("/").content.decode()
    assert "7 days not written up" in page
    [url] = links(page, "days not written up")
    assert len(coordinator.get(url).context["table"].rows) == 7


def everything(cast: Cast, days: int) -> None:
    """Of each kind one that is due so many days from now."""
    on = TODAY + timedelta(days=days)
    RequestFactory(host=cast.host, status="waiting", look_again_on=on)
    MatchFactory(request=RequestFactory(host=cast.host, status="proposed"), post=cast.post, answer_by=on)
    held(cast, 1, on - timedelta(days=7))
    NOTES.save(by=cast.coordinator, text="Ring the head", due_on=on, owner=cast.coordinator)


@pytest.mark.parametrize(("days", "title"), [(-1, "Overdue"), (0, "Today"), (5, "Later this week"), (6, "")])
def test_r_20_2_every_number_is_that_of_the_list_behind_it(
    coordinator: Client, cast: Cast, days: int, title: str
) -> None:
    everything(cast, days)
    NOTES.save(by=cast.administrator, text="Not mine", due_on=TODAY, owner=cast.administrator)
    found = week.headings(cast.coordinator, TODAY)
    assert [heading.title for heading in found if heading.code != "today" or days == 0] == ([title] if title else [])
    for heading in found:
        assert len(list(heading.numbers)) == 4
        for count, words, url in heading.numbers:
            assert len(coordinator.get(url).context["table"].rows) == count == 1, (words, url)


def test_r_20_2_a_case_says_when_what_where_whose_and_what_to_do(coordinator: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, status="waiting", look_again_on=TODAY)
    owning.hand_over(requests=[asked], owner=cast.administrator, by=cast.coordinator)
    [case] = week.headings(cast.coordinator, TODAY)[0].cases
    assert (case.due, case.kind.one, case.school, case.owner) == (
        TODAY,
        "request to decide on",
        cast.host.name,
        cast.administrator.name,
    )
    assert case.url == reverse("placements:request_detail", args=[asked.pk])
    page = coordinator.get("/").content.decode()
    assert cast.administrator.name in page
    assert f'href="{case.url}"' in page


def test_r_20_2_the_strip_has_visits_meetings_and_absences(coordinator: Client, cast: Cast) -> None:
    visited = cast.placement(status="active")
    OutreachDay.objects.create(placement=visited, on=TODAY, days=1)
    cast.placement(meeting_called_for=TODAY + timedelta(days=1), match__request=RequestFactory(host=cast.elsewhere))
    cast.post.absences.create(kind="other", starts_on=TODAY + timedelta(days=2), ends_on=TODAY + timedelta(days=30))
    found = {on.weekday(): [each.words for each in happenings] for on, happenings in week.days(cast.coordinator, TODAY)}
    assert found == {
        0: [],
        1: [f"Wren Castellow at {cast.host.name}"],
        2: [f"Meeting: Wren Castellow and {cast.elsewhere.name}"],
        3: ["Wren Castellow is away"],
        4: ["Wren Castellow is away"],
    }
    page = coordinator.get("/").content.decode()
    assert page.count("Wren Castellow is away") == 2
    [(monday, _), *_] = week.days(cast.coordinator, date(2026, 10, 10))  # on a Saturday it is the next week
    assert monday == date(2026, 10, 12)


def test_r_20_2_a_full_day_of_the_strip_leads_to_all_its_visits(coordinator: Client, cast: Cast) -> None:
    for status in ["planned"] * 8 + ["cancelled"]:
        placement = cast.placement(status="active", match__request=RequestFactory(host=cast.host))
        off = {"cancelled_by": "ast", "cancelled_reason": "Ill"} if status == "cancelled" else {}
        OutreachDay.objects.create(placement=placement, on=TODAY, days=1, status=status, **off)
    [_, (_, shown), *_] = week.days(cast.coordinator, TODAY)
    assert [each.words for each in shown] == [f"Wren Castellow at {cast.host.name}"] * 6 + ["All 8 visits"]
    page = coordinator.get(shown[-1].url)
    assert page.content.decode().count("Visit<span") == 8
    assert "Called off" not in page.content.decode()


def test_r_20_2_a_full_day_of_the_strip_says_how_many_are_away(coordinator: Client, cast: Cast) -> None:
    for _ in range(7):
        PostFactory(home=cast.home).absences.create(kind="other", starts_on=TODAY)
    [(_, monday), (_, tuesday), *_] = week.days(cast.coordinator, TODAY)
    assert not monday
    assert [each.words for each in tuesday][-1] == "All 7 ASTs away"
    assert coordinator.get(tuesday[-1].url).content.decode().count("Away<span") == 7


def test_r_20_2_the_first_cases_are_those_due_first_of_all_kinds(coordinator: Client, cast: Cast) -> None:
    held(cast, 10, date(2026, 9, 1))
    for _ in range(10):
        RequestFactory(host=cast.host, status="waiting", look_again_on=date(2026, 9, 9))
    [heading] = week.headings(cast.coordinator, TODAY)
    kinds = [case.kind.one for case in heading.cases]
    assert kinds == [*["day not written up"] * 1, *["request to decide on"] * 10, *["day not written up"] * 4]
    assert [count for count, _, _ in heading.numbers] == [10, 10]
    assert heading.cases == sorted(heading.cases, key=lambda case: case.due)
    assert "The first 15 of 20." in coordinator.get("/").content.decode()


def test_r_20_2_what_failed_by_mail_is_said(coordinator: Client, cast: Cast) -> None:
    assert "E-mails that could not be sent" not in coordinator.get("/").content.decode()
    fail("x")
    page = coordinator.get("/").content.decode()
    assert "E-mails that could not be sent: 1" in page


@pytest.mark.parametrize("many", [1, 30])
def test_r_20_2_it_costs_the_same_for_thirty_as_for_one(
    coordinator: Client, cast: Cast, django_assert_max_num_queries: Any, many: int
) -> None:
    held(cast, many, date(2026, 8, 3))
    for _ in range(many):
        RequestFactory(host=cast.host, submitted_at="2026-09-01T09:00Z")
    cache.set(opening.OVER, True)  # as it is for an hour once the set-up list is over
    with django_assert_max_num_queries(12):
        page = coordinator.get("/").content.decode()
    assert f"{many} day{'s' if many > 1 else ''} not written up" in page


def test_r_20_2_others_first_pages_keep_what_they_have(client: Client, cast: Cast) -> None:
    held(cast, 1)
    for user in (cast.ast, cast.host_head, cast.home_head, cast.chair, cast.officer, cast.consultant):
        client.force_login(user)
        assert "What needs doing" in client.get("/").content.decode()
        assert not week.headings(user, TODAY)


def test_r_20_2_the_office_finds_all_that_waits_one_click_away(coordinator: Client, cast: Cast) -> None:
    assert reverse("tasks") in coordinator.get("/").content.decode()
    assert "What needs doing" in coordinator.get(reverse("tasks")).content.decode()
