"""The audit trail for the co-ordinator, and the looks that it records (R-16.3, section G)."""

import csv
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import audit, gate, retention
from astcoord.core.models.history import AuditEvent
from staff.pay.actions.funding import change_funding
from tests import ROOT
from tests.cast import Cast
from tests.factories import RequestFactory, SchoolFactory

pytestmark = pytest.mark.django_db
PAGE = "staff:audit"


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.coordinator)
    return client


def verbs(response: Any) -> list[str]:
    return [row.record.verb for row in response.context["table"].page.object_list]


def test_r_16_3_an_override_shows_who_when_why_and_from_where(office: Client, cast: Cast) -> None:
    placement = cast.placement()
    token = audit.where_from.set("192.0.2.7")
    audit.record("protocol: P2 or P3 overridden", placement, by=cast.coordinator, reason="The chair is abroad")
    audit.where_from.reset(token)
    text = office.get(reverse(PAGE), {"sort_of": "overrides"}).content.decode()
    for words in (
        "Bryony Quill",
        "6 October 2026",
        "The chair is abroad",
        "192.0.2.7",
        f"placement {placement.reference}",
    ):
        assert words in text
    assert placement.get_absolute_url() in text


def test_search_by_person_words_kind_and_days(office: Client, cast: Cast, clock: Any) -> None:
    request = RequestFactory(host=cast.host)
    gate.move(request, "review", by=cast.coordinator)
    audit.record("School contacts changed", cast.host, by=cast.host_head, before={"a": "x"}, after={"a": "y"})
    clock.move_to("2026-10-08 10:00:00Z")
    audit.record("Something later", None, by=None)
    kind = str(AuditEvent.objects.get(verb="School contacts changed").about_type_id)
    office.force_login(cast.coordinator)  # the session of two days ago has run out

    def found(**query: str) -> list[str]:
        return verbs(office.get(reverse(PAGE), query))

    assert found(person="oakhanger") == ["School contacts changed"]
    assert found(what="contacts") == ["School contacts changed"]
    assert set(found(kind=kind)) == {"School contacts changed"}
    assert found(first="2026-10-08")[-1] == "Something later"
    assert "Something later" not in found(last="2026-10-07")
    assert "request: Take it up" in found(number=str(request.pk))
    assert "school Fernleigh Primary School" in office.get(reverse(PAGE), {"kind": kind}).content.decode()


def test_only_the_coordinator_reads_it_and_reading_is_recorded_once_a_day(client: Client, cast: Cast) -> None:
    for other in (cast.administrator, cast.officer, cast.consultant, cast.host_head, cast.ast, cast.chair):
        client.force_login(other)
        assert client.get(reverse(PAGE)).status_code == 403
    client.force_login(cast.coordinator)
    client.get(reverse(PAGE))
    client.get(reverse(PAGE))
    assert AuditEvent.objects.filter(verb="Viewed: audit trail").count() == 1


def test_the_file_holds_reasons_and_changes_and_is_recorded_itself(office: Client, cast: Cast) -> None:
    audit.record("School contacts changed", cast.host, by=cast.host_head, reason="=1+1", before={"a": "x"})
    response: Any = office.get(reverse(PAGE), {"export": "csv", "what": "contacts"})
    lines = list(csv.reader(b"".join(response).decode("utf-8-sig").splitlines()))
    assert lines[0] == ["When", "Who", "What", "Of which thing", "Why, and what changed", "From"]
    assert lines[1][1:5] == [
        "Rowan Oakhanger",
        "School contacts changed",
        "school Fernleigh Primary School",
        '{"reason": "=1+1", "before": {"a": "x"}}',
    ]
    event = AuditEvent.objects.get(verb="Exported: audit-trail")
    assert event.after == {"rows": 1, "filters": {"What was done contains": ["contacts"]}}


def test_the_same_number_of_questions_at_few_and_many_rows(office: Client, cast: Cast) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            for thing in (SchoolFactory(), cast.ast, cast.post, RequestFactory(host=cast.host), None):
                audit.record("x", thing, by=cast.coordinator, after={"a": 1})

    fill(1)
    office.get(reverse(PAGE), {"per_page": "100"})
    with CaptureQueriesContext(
        connection,
    ) as few:
        office.get(reverse(PAGE), {"per_page": "100"})
    fill(12)
    with CaptureQueriesContext(connection) as many:
        office.get(reverse(PAGE), {"per_page": "100"})
    assert len(many) == len(few)


def test_r_16_3_looks_at_assessment_and_funding_are_recorded_but_not_at_ones_own(client: Client, cast: Cast) -> None:
    page = reverse("staff:post", args=[cast.post.pk])
    told: dict[str, bool] = {}
    for reader in (cast.coordinator, cast.home_head, cast.consultant, cast.administrator, cast.officer, cast.ast):
        client.force_login(reader)
        text = client.get(page).content.decode()
        told[reader.name] = ("Assessment passed" in text, "Funded by" in text)
    assert told == {
        "Bryony Quill": (True, True),
        "Tamsin Ashgrove": (True, True),
        "Orla Thistlethwaite": (True, False),
        "Idris Fenwick-Moss": (False, False),
        "Greta Larkwood": (False, False),
        "Wren Castellow": (True, True),
    }
    looks = AuditEvent.objects.about(cast.post).filter(verb="Viewed: assessment and funding")
    assert {event.by for event in looks} == {cast.coordinator, cast.home_head, cast.consultant}


def test_g_the_administrator_does_not_read_of_money_in_the_history(client: Client, cast: Cast) -> None:
    change_funding(post=cast.post, funding="school", by=cast.coordinator)
    page = reverse("staff:post", args=[cast.post.pk])
    client.force_login(cast.coordinator)
    assert "Funding changed" in client.get(page).content.decode()
    client.force_login(cast.administrator)
    assert "Funding changed" not in client.get(page).content.decode()


def test_r_16_3_looks_at_the_policy_are_recorded(client: Client, cast: Cast) -> None:
    client.force_login(cast.officer)
    client.get(reverse("staff:policy"))
    assert AuditEvent.objects.about(cast.policy).get().verb == "Viewed: policy"


def test_the_schedule_is_a_page_for_everybody_with_an_account(client: Client, cast: Cast) -> None:
    page = reverse("staff:retention")
    assert client.get(page).status_code == 302
    for reader in (cast.ast, cast.chair, cast.host_head, cast.coordinator):
        client.force_login(reader)
        text = client.get(page).content.decode()
        for line in retention.schedule():
            assert line.what in text
        assert (reverse("staff:subject_access") in text) == (reader == cast.coordinator)
    assert "2 years after" in text


def test_the_documentation_tells_of_every_line() -> None:
    page = (ROOT / "docs" / "personal-data.md").read_text()
    for line in retention.schedule():
        assert f"| {line.what} |" in page
