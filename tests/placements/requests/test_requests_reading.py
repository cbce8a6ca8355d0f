"""Who sees what of a request, the queue, and the first page (section G, R-6.15)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import home
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.roles import Role
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest, RequestedStaff
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory, person
from tests.placements.requests.asking import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.coordinator)
    return client


@pytest.fixture
def asked(cast: Cast) -> OutreachRequest:
    return RequestFactory(host=cast.host, created_by=cast.host_head)


def test_g_what_each_reader_is_shown(client: Client, cast: Cast, asked: OutreachRequest) -> None:
    MatchFactory(request=asked, post=cast.post)
    expected = {
        cast.host_head: (True, False),
        cast.coordinator: (True, True),
        cast.administrator: (True, False),
        cast.consultant: (False, False),
        cast.officer: (False, False),
        cast.home_head: (False, False),
        cast.ast: (True, False),
    }
    for reader, (names, confidential) in expected.items():
        client.force_login(reader)
        page = client.get(url("request_detail", asked.pk)).content.decode()
        assert ("Juno Pettifer" in page) is names, reader
        assert ("J.P." in page) is (reader == cast.consultant)
        assert (url("request_declarations", asked.pk) in page) is confidential, reader
    for nobody in (cast.outsider, cast.chair):
        client.force_login(nobody)
        assert client.get(url("request_detail", asked.pk)).status_code == 404


def test_g_declarations_are_shown_to_two_and_every_look_is_recorded(
    client: Client, cast: Cast, asked: OutreachRequest
) -> None:
    RequestedStaff.objects.update(situation="some")
    page = url("request_declarations", asked.pk)
    refused = {
        cast.administrator: 403,
        cast.consultant: 403,
        cast.officer: 403,
        cast.ast: 403,
        cast.outsider: 404,
        cast.home_head: 404,
    }
    for reader, status in refused.items():
        client.force_login(reader)
        assert client.get(page).status_code == status
    assert not AuditEvent.objects.about(asked).exists()
    client.force_login(cast.coordinator)
    assert "Some difficulty" in client.get(page).content.decode()
    [event] = AuditEvent.objects.about(asked)
    assert (event.verb, event.by) == ("Viewed: declarations", cast.coordinator)


def test_g_an_ast_is_told_only_that_a_safeguard_applies(client: Client, cast: Cast, asked: OutreachRequest) -> None:
    RequestedStaff.objects.update(situation="some")
    MatchFactory(request=asked, post=cast.post)
    client.force_login(cast.ast)
    page = client.get(url("request_detail", asked.pk)).content.decode()
    assert "A safeguard applies" in page
    assert "difficulty" not in page


def test_r_3_4_a_consultant_sees_only_the_groups_subjects(client: Client, cast: Cast, asked: OutreachRequest) -> None:
    music = RequestFactory(host=cast.elsewhere, subject="music")
    client.force_login(cast.consultant)
    page = client.get(url("queue")).content.decode()
    assert asked.reference in page
    assert music.reference not in page
    assert client.get(url("request_detail", music.pk)).status_code == 404


def rows(response: Any) -> list[int]:
    return [row.record.pk for row in response.context["table"].rows]


def test_the_queue_shows_what_can_be_acted_on_oldest_first(coordinator: Client, cast: Cast) -> None:
    made = {s: RequestFactory(host=cast.host, status=s) for s in RequestStatus.values if s != "draft"}
    older = RequestFactory(host=cast.elsewhere, submitted_at="2026-09-01T09:00Z")
    response = coordinator.get(url("queue"))
    assert rows(response)[0] == older.pk
    assert set(rows(response)) == {older.pk, *(made[s].pk for s in ("submitted", "under_review", "waiting"))}
    assert "the most urgent first" in response.content.decode()
    assert len(rows(coordinator.get(url("queue") + "?group=all"))) == len(made) + 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("subject=music", {"music"}),
        ("key_stage=ks4", {"music"}),
        ("phase=secondary", {"music"}),
        ("route=inspection", {"music"}),
        ("q=Hollowbrook", {"music"}),
        ("q=fractions", {"maths"}),
        ("q=zzz", set()),
        ("group=school", set()),
        ("since_day=2&since_month=9&since_year=2026", {"maths"}),
        ("group=nonsense", {"maths", "music"}),
        ("sort=-days", {"maths", "music"}),
        ("sort=realism&page=99&q=%25_", set()),
        ("q=%00", {"maths", "music"}),
    ],
)
def test_the_queue_can_be_narrowed(coordinator: Client, cast: Cast, query: str, found: set[str]) -> None:
    made = {
        "maths": RequestFactory(host=cast.host, task="Teach fractions.", submitted_at="2026-09-01T09:00Z"),
        "music": RequestFactory(host=cast.home, subject="music", key_stages=("ks4",), route="inspection"),
    }
    response = coordinator.get(f"{url('queue')}?{query}")
    assert response.status_code == 200
    assert set(rows(response)) == {made[name].pk for name in found}


def test_a_reference_finds_its_request(coordinator: Client, cast: Cast) -> None:
    first, _ = RequestFactory(host=cast.host), RequestFactory(host=cast.host)
    assert rows(coordinator.get(f"{url('queue')}?q={first.reference}")) == [first.pk]


def test_r_14_7_the_file_holds_exactly_the_filtered_rows(coordinator: Client, cast: Cast) -> None:
    RequestFactory(host=cast.host)
    RequestFactory(host=cast.elsewhere, subject="music")
    response = coordinator.get(f"{url('queue')}?subject=music&export=csv")
    lines = b"".join(response.streaming_content).decode().partition("\r\n\r\n")[0].splitlines()
    assert len(lines) == 2
    assert 'Stonecross Primary School,"Music, Planning for problem solving",' in lines[1]
    assert ',"2 Nov to 12 Feb 2027, Tue, Wed",2026-09-21,' in lines[1]
    assert "Online" in lines[1]


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("who", ["coordinator", "consultant", "officer", "administrator"])
def test_the_queue_costs_the_same_at_1_and_at_30_rows(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    RequestFactory(host=cast.host)
    client.get(url("queue"))
    one = queries(client, url("queue"))
    for _ in range(29):
        RequestFactory()
    assert queries(client, url("queue")) == one
    assert one <= 12


def test_the_heads_list_and_home_cost_the_same_at_1_and_at_30_rows(client: Client, cast: Cast) -> None:
    client.force_login(cast.host_head)
    RequestFactory(host=cast.host, status=RequestStatus.RETURNED)
    pages = (url("requests"), reverse("home"))
    for page in pages:
        client.get(page)
    before = [queries(client, page) for page in pages]
    for _ in range(29):
        RequestFactory(host=cast.host, status=RequestStatus.RETURNED)
    assert [queries(client, page) for page in pages] == before
    assert before[0] <= 12


def test_one_requests_page_is_cheap_however_many_people(coordinator: Client, asked: OutreachRequest) -> None:
    page = url("request_detail", asked.pk)
    coordinator.get(page)
    one = queries(coordinator, page)
    RequestedStaff.objects.bulk_create(
        RequestedStaff(request=asked, name=f"Group {n}", selection="self", head_agrees=True) for n in range(29)
    )
    assert queries(coordinator, page) == one
    assert one <= 15


def test_home_tells_the_head_what_waits(cast: Cast) -> None:
    for status in ("returned", "awaiting_confirmation", "draft", "submitted"):
        RequestFactory(host=cast.host, status=status)
        RequestFactory(host=cast.elsewhere, status=status)
    titles = {task.title for task in home.tasks_for(cast.host_head, today())}
    assert {
        "Answer questions about your request for Mathematics and numeracy",
        "Confirm the request for Mathematics and numeracy",
        "Finish your request for Mathematics and numeracy",
    } <= titles
    assert len([t for t in titles if "request for" in t]) == 3


def test_home_tells_the_office_how_many_wait_and_since_when(cast: Cast) -> None:
    RequestFactory(host=cast.host, submitted_at="2026-09-01T09:00Z")
    RequestFactory(host=cast.host)
    RequestFactory(host=cast.host, status=RequestStatus.WAITING, look_again_on=date(2026, 10, 1))
    RequestFactory(host=cast.host, status=RequestStatus.WAITING, look_again_on=date(2026, 12, 1))
    found = {task.title: task for task in home.tasks_for(cast.administrator, today())}
    assert found["Requests that wait for the co-ordinator"].count == 2
    assert "1 September 2026" in found["Requests that wait for the co-ordinator"].hint
    again = found["Waiting requests to look at again"]
    assert (again.count, again.is_overdue(today())) == (1, True)


def test_navigation_leads_each_to_the_own_page(client: Client, cast: Cast) -> None:
    for who, name, page in (
        (cast.coordinator, "queue", "home"),
        (cast.host_head, "requests", "home"),
        (cast.ast, "request_pass_on", "more"),
    ):
        client.force_login(who)
        assert f'href="{url(name)}"' in client.get(reverse(page)).content.decode()


def test_somebody_who_is_head_of_two_schools_sees_both_and_no_other(client: Client, cast: Cast) -> None:
    mine = RequestFactory(host=cast.host)
    RequestFactory(host=cast.elsewhere)
    client.force_login(cast.host_head)
    assert rows(client.get(url("requests"))) == [mine.pk]
    new = person("Hazel Thornbury", "hazel@marlshire.example", Role.HEADTEACHER, cast.elsewhere)
    client.force_login(new)
    assert mine.pk not in rows(client.get(url("requests")))
