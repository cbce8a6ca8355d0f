"""The co-ordinator's queue as a person works through it: overdue, due soon, the rest."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from placements.requests import reads as queue
from placements.requests.lifecycle import RequestStatus
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory
from tests.placements.requests.asking import url

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 6)


@pytest.fixture
def coordinator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.coordinator)
    return client


def bands(response: Any) -> list[tuple[str, list[int]]]:
    """Each heading of the page with the requests under it."""
    table = response.context["table"]
    found: dict[str, list[int]] = {}
    for row in table.rows:
        found.setdefault(table.heading_of(row.record), []).append(row.record.pk)
    return list(found.items())


@pytest.mark.parametrize(
    ("act_by", "band"),
    [
        (date(2026, 10, 5), queue.OVERDUE),
        (date(2026, 10, 6), queue.DUE_SOON),
        (date(2026, 10, 13), queue.DUE_SOON),
        (date(2026, 10, 14), queue.LATER),
        (None, queue.LATER),
    ],
)
def test_a_day_to_act_by_decides_the_band(act_by: date | None, band: str) -> None:
    assert queue.band(act_by, TODAY) == band


def test_r_5_6_the_queue_is_grouped_by_when_a_decision_is_due(coordinator: Client, cast: Cast) -> None:
    long_ago = RequestFactory(host=cast.host, submitted_at="2026-09-01T09:00Z")
    look_again = RequestFactory(host=cast.host, status="waiting", look_again_on=date(2026, 10, 5))
    after_a_no = RequestFactory(host=cast.elsewhere, status="under_review", submitted_at="2026-09-20T09:00Z")
    today = RequestFactory(host=cast.host, status="waiting", look_again_on=TODAY)
    this_week = RequestFactory(host=cast.host, submitted_at="2026-09-28T09:00Z")
    new = RequestFactory(host=cast.host, submitted_at="2026-10-05T09:00Z")
    response = coordinator.get(url("queue"))
    assert bands(response) == [
        ("Overdue: 3 requests", [long_ago.pk, after_a_no.pk, look_again.pk]),
        ("Due in the next 7 days: 2 requests", [today.pk, this_week.pk]),
        ("Later: 1 request", [new.pk]),
    ]
    page = response.content.decode()
    assert page.count('scope="rowgroup"') == 3
    assert "the most urgent first" in page
    assert "Decide by" in page
    assert "Look again" in page


def test_the_policy_says_how_long_a_decision_may_take(coordinator: Client, cast: Cast) -> None:
    RequestFactory(host=cast.host, submitted_at="2026-09-28T09:00Z")
    assert bands(coordinator.get(url("queue")))[0][0] == "Due in the next 7 days: 1 request"
    cast.policy.request_days_to_decide = 5
    cast.policy.save()
    assert bands(coordinator.get(url("queue")))[0][0] == "Overdue: 1 request"


def test_headings_count_what_the_filters_leave_on_all_pages(coordinator: Client, cast: Cast) -> None:
    for _ in range(27):
        RequestFactory(host=cast.host, submitted_at="2026-09-01T09:00Z")
    RequestFactory(host=cast.host, subject="music", submitted_at="2026-09-01T09:00Z")
    assert bands(coordinator.get(url("queue")))[0][0] == "Overdue: 28 requests"
    assert [name for name, _ in bands(coordinator.get(f"{url('queue')}?page=2"))] == ["Overdue: 28 requests"]
    assert bands(coordinator.get(f"{url('queue')}?subject=music"))[0][0] == "Overdue: 1 request"


@pytest.mark.parametrize("query", ["sort=host", "group=school", "group=all"])
def test_a_list_that_is_sorted_or_not_to_act_on_has_no_headings(coordinator: Client, cast: Cast, query: str) -> None:
    RequestFactory(host=cast.host)
    RequestFactory(host=cast.host, status=RequestStatus.RETURNED)
    page = coordinator.get(f"{url('queue')}?{query}").content.decode()
    assert "app-table--rows" in page
    assert 'scope="rowgroup"' not in page


def test_a_proposed_match_names_who_has_still_to_answer(coordinator: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, status=RequestStatus.PROPOSED)
    match = MatchFactory(request=asked, post=cast.post)
    match.answers.create(party="coordinator", yes=True, by=cast.coordinator)
    match.answers.create(party="ast", yes=True, by=cast.ast)
    assert "Still to answer: Home headteacher" in coordinator.get(f"{url('queue')}?group=matching").content.decode()
    coordinator.force_login(cast.host_head)
    assert "Still to answer: Home headteacher" in coordinator.get(url("requests")).content.decode()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("sort", ["host.name", "-host.name", "host__name", ".", "-", "nonsense", "host,since.x"])
def test_a_sort_that_names_no_column_is_left_out_in_silence(coordinator: Client, cast: Cast, sort: str) -> None:
    asked = RequestFactory(host=cast.host)
    response = coordinator.get(url("queue"), {"sort": sort})
    assert [row.record.pk for row in response.context["table"].rows] == [asked.pk]
    assert not response.context["table"].order_by
