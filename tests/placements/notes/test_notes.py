"""The office's dated notes on a request, a school, or nothing else (R-20.2, R-20.3, R-20.6)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from placements.notes.actions import NOTES
from placements.notes.models import CaseNote
from tests.cast import Cast
from tests.factories import RequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.coordinator)
    return client


def sent(cast: Cast, text: str = "Ring the head about the hall", **more: Any) -> dict[str, Any]:
    day = {"due_on_day": "12", "due_on_month": "10", "due_on_year": "2026"}
    return {"text": text, "owner": cast.coordinator.pk, **day, **more}


def test_r_20_3_a_dated_note_stands_on_the_request_until_it_is_done(coordinator: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host)
    page = reverse("placements:request_detail", args=[asked.pk])
    add = f"{reverse('placements:note_add')}?request={asked.pk}"
    assert add in coordinator.get(page).content.decode()

    coordinator.post(add, sent(cast))

    note = CaseNote.objects.get()
    assert (note.request, note.due_on, note.owner) == (asked, date(2026, 10, 12), cast.coordinator)
    assert "Ring the head about the hall" in coordinator.get(page).content.decode()
    coordinator.post(reverse("placements:note_end", args=[note.pk]))
    assert "Ring the head about the hall" not in coordinator.get(page).content.decode()
    coordinator.post(reverse("placements:note_resume", args=[note.pk]))
    assert "Ring the head about the hall" in coordinator.get(page).content.decode()
    assert [e.verb for e in AuditEvent.objects.about(note).order_by("pk")] == [
        "note: added",
        "note: done",
        "note: taken up again",
    ]


def test_r_20_3_nobody_outside_the_office_reads_a_note(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head)
    NOTES.save(by=cast.coordinator, request=asked, text="Their last head was against it", owner=cast.administrator)
    for user in (cast.host_head, cast.officer, cast.consultant):
        client.force_login(user)
        page = client.get(reverse("placements:request_detail", args=[asked.pk])).content.decode()
        assert "against it" not in page
        assert client.get(reverse("placements:notes")).status_code == 403


def test_r_20_6_a_note_on_a_school_stands_on_its_page(coordinator: Client, cast: Cast) -> None:
    page = reverse("schools:detail", args=[cast.host.urn])
    coordinator.post(
        f"{reverse('placements:note_add')}?school={cast.host.pk}", sent(cast, "The hall is let on Tuesdays")
    )
    assert CaseNote.objects.get().school == cast.host
    assert "The hall is let on Tuesdays" in coordinator.get(page).content.decode()


@pytest.mark.parametrize("query", ["request=99999", "request=x", "school=" + "9" * 30, "request=²", ""])
def test_a_note_about_nothing_that_is_there_is_an_own_note(coordinator: Client, cast: Cast, query: str) -> None:
    coordinator.post(f"{reverse('placements:note_add')}?{query}", sent(cast))
    assert CaseNote.objects.get().about == ""


def test_r_20_3_a_note_says_something_and_comes_back_to_somebody_in_the_office(cast: Cast) -> None:
    with pytest.raises(Refused, match="Enter what to know"):
        NOTES.save(by=cast.coordinator, text="  ", owner=cast.coordinator)
    with pytest.raises(Refused, match="somebody in the office"):
        NOTES.save(by=cast.coordinator, text="Ring", owner=cast.officer)


def test_the_list_of_notes_costs_the_same_for_thirty_as_for_one(
    coordinator: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        asked = RequestFactory(host=cast.host)
        NOTES.save(by=cast.coordinator, request=asked, text=f"Number {number}", owner=cast.coordinator)
    with django_assert_max_num_queries(12):
        page = coordinator.get(f"{reverse('placements:notes')}?whose=me").content.decode()
    assert "30 notes" in page
