"""The pages of corrections: the AST asks, the co-ordinator answers, the AST reads what came of it (R-10.8)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core import home
from astcoord.core.clock import today
from evaluation.corrections.models import Correction
from evaluation.diary.models import DiaryEntry
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.corrections.story import ask
from tests.evaluation.diary.test_diary_pages import ANSWER, SESSION, page
from tests.evaluation.stories import HALF, write_up

pytestmark = pytest.mark.django_db

ASKED = {**ANSWER, "evidence": "The unit plan", "next_steps": "Teach it together", "days": "0.5", "why": "Left at noon"}


def test_r_10_8_given_a_locked_entry_when_the_ast_edits_then_a_correction_request(
    client: Client,
    cast: Cast,
    placement: Placement,
    entry: DiaryEntry,
) -> None:
    assert "Ask for a correction" in page(client, cast.ast, "entry", entry.pk)
    url = reverse("evaluation:correction_ask", args=[entry.pk])
    assert client.get(reverse("evaluation:entry_correct", args=[entry.pk]))["Location"] == url
    refused = client.post(url, {**ASKED, "why": ""}).content.decode()
    assert 'href="#id_why"' in refused
    text = client.post(url, ASKED, follow=True).content.decode()
    assert "The co-ordinator has been asked." in text
    assert "Waiting for the co-ordinator" in page(client, cast.ast, "entry", entry.pk)
    entry.refresh_from_db()
    assert (entry.status, entry.day.days) == ("correction_asked", 1)
    asked = Correction.objects.get()
    assert client.get(url)["Location"] == reverse("evaluation:entry", args=[entry.pk])

    [task] = [t for t in home.tasks_for(cast.coordinator, today()) if "corrections" in t.title]
    client.force_login(cast.coordinator)
    text = client.get(task.url).content.decode()
    for words in ("Left at noon", "1 day", "0.5 days", "What was done"):
        assert words in text
    assert "Enter why the entry stays" in client.post(task.url, {"decision": "leave"}).content.decode()
    text = client.post(task.url, {"decision": "correct"}, follow=True).content.decode()
    assert "the AST has been told" in text
    entry.refresh_from_db()
    assert (entry.status, entry.day.days) == ("corrected", HALF)
    assert not [t for t in home.tasks_for(cast.coordinator, today()) if "corrections" in t.title]
    text = page(client, cast.ast, "correction", asked.pk)
    assert "Corrected." in text
    assert "Correction asked for on" in page(client, cast.host_head, "entry", entry.pk)
    assert "Correction asked for on" not in page(client, cast.home_head, "entry", entry.pk)


def test_r_10_8_the_ast_takes_it_back(client: Client, cast: Cast, entry: DiaryEntry) -> None:
    correction = ask(cast, entry)
    assert "Take the request back" in page(client, cast.ast, "correction", correction.pk)
    assert "Take the request back" not in page(client, cast.host_head, "correction", correction.pk)
    client.force_login(cast.ast)
    url = reverse("evaluation:correction_withdraw", args=[correction.pk])
    assert "is taken back" in client.post(url, follow=True).content.decode()
    assert "answered or taken back meanwhile" in client.post(url, follow=True).content.decode()
    client.force_login(cast.coordinator)
    late = reverse("evaluation:correction_decide", args=[correction.pk])
    assert client.get(late)["Location"] == correction.get_absolute_url()


def test_r_10_8_a_submitted_entry_changes_its_time_on_the_page(
    client: Client, cast: Cast, placement: Placement
) -> None:
    entry = write_up(cast, placement)
    client.force_login(cast.ast)
    url = reverse("evaluation:entry_correct", args=[entry.pk])
    assert "the host headteacher is told" in client.get(url).content.decode()
    assert "not a school day" in client.post(url, {**ASKED, "on": "2026-11-21"}).content.decode()
    client.post(url, ASKED)
    entry.refresh_from_db()
    assert (entry.status, entry.day.days) == ("submitted", HALF)


def test_r_10_8_the_list_costs_the_same_at_1_and_30(
    client: Client,
    cast: Cast,
    entry: DiaryEntry,
    django_assert_max_num_queries: Any,
) -> None:
    ask(cast, entry)
    client.force_login(cast.coordinator)
    client.get(reverse("evaluation:corrections"))

    def queries() -> int:
        with django_assert_max_num_queries(10 + SESSION) as counted:
            assert "24 November 2026" in client.get(reverse("evaluation:corrections")).content.decode()
        return len(counted)

    before = queries()
    answered = {"outcome": "withdrawn", "answered_by": cast.ast, "answered_at": entry.submitted_at}
    Correction.objects.bulk_create(
        Correction(entry=entry, before={}, asked={}, why="x", asked_by=cast.ast, **answered) for _ in range(29)
    )
    assert queries() == before
