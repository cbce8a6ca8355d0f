"""What the pages say at the end: whose turn it is, what is missing, and the ways on (R-11.5, section G)."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.home import tasks_for
from astcoord.core.problems import Problem
from placements.days.actions import days
from placements.endings.actions import completing, hooks
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active, elsewhere
from tests.placements.endings import ends

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

REASON = "Juno Pettifer moves class"


def url(name: str, placement: Placement) -> str:
    return reverse(f"placements:{name}", args=[placement.pk])


def shown(client: Client, address: str) -> str:
    """The page's words, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", client.get(address).content.decode()).replace("&nbsp;", " ").split())


def test_past_its_last_day_the_page_says_whose_turn_it_is_and_what_is_missing(
    cast: Cast, client: Client, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    placement = active(cast)
    days.plan_day(placement=placement, on=date(2026, 11, 3), days=Decimal(1), by=cast.ast)
    wanted = Problem("The host headteacher’s form is missing.", "host_head", "R-11.3")
    monkeypatch.setattr(hooks, "before_completed", [lambda placement: [wanted]])
    clock.move_to("2027-02-20 09:00:00Z")

    for person, first in (
        (cast.ast, "Your turn: Not written up yet: 3 November 2026. The AST writes the diary of it, or calls it off."),
        (cast.host_head, "Your turn: The host headteacher’s form is missing"),
        (cast.coordinator, "Waiting for the AST: Not written up yet: 3 November 2026"),
    ):
        client.force_login(person)
        page = shown(client, placement.get_absolute_url())
        assert "Its last day, 12 February 2027, has passed." in page
        assert first in page
    assert "Past its last day: the AST writes up 1 day" in shown(client, reverse("placements:placement_list"))


def test_r_11_5_complete_on_its_page_refused_then_done(
    cast: Cast, client: Client, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    placement = ends.evaluated(cast, clock)
    client.force_login(cast.coordinator)
    page = url("placement_complete", placement)
    monkeypatch.setattr(hooks, "before_completed", [lambda p: [Problem("The final evaluation has not been held.")]])
    assert "What is still missing" in shown(client, page)
    assert "The final evaluation has not been held." in client.post(page).content.decode()
    placement.refresh_from_db()
    assert placement.status == "final_evaluation"

    monkeypatch.setattr(hooks, "before_completed", [])
    assert "Your turn: Complete the placement" in shown(client, placement.get_absolute_url())
    client.post(page)
    placement.refresh_from_db()
    assert placement.status == "completed"
    assert "Completed. The last day was 12 February 2027." in shown(client, placement.get_absolute_url())


def test_the_coordinators_first_page_counts_placements_past_their_last_day(
    cast: Cast, client: Client, clock: Any
) -> None:
    over, goes_on = active(cast), elsewhere(cast, ends_on=date(2027, 3, 30))
    clock.move_to("2027-02-13 09:00:00Z")
    found = [task for task in tasks_for(cast.coordinator, date(2027, 2, 13)) if "past their last day" in task.title]
    assert [task.count for task in found] == [1]
    assert not [t for t in tasks_for(cast.host_head, date(2027, 2, 13)) if "past their last day" in t.title]
    client.force_login(cast.coordinator)
    page = shown(client, found[0].url)
    assert over.reference in page
    assert goes_on.reference not in page


@pytest.mark.parametrize("where", ["placement_list", "my_placements"])
def test_a_list_of_thirty_costs_what_a_list_of_one_does(cast: Cast, client: Client, clock: Any, where: str) -> None:
    client.force_login(cast.coordinator if where == "placement_list" else cast.ast)
    counts = []
    for more in (1, 29):
        for _ in range(more):
            elsewhere(cast, days=Decimal("0.25"))
        clock.move_to("2027-02-20 09:00:00Z")
        client.get(reverse(f"placements:{where}"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(f"placements:{where}"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_ended_and_taken_back_on_their_pages(cast: Cast, client: Client) -> None:
    placement = active(cast)
    client.force_login(cast.coordinator)
    sent = {"ended_on": "2026-10-06", "ended_reason": "Told by telephone", "ended_category": "time"}
    assert "Select who ended it" in client.post(url("placement_end", placement), sent).content.decode()
    client.post(url("placement_end", placement), {**sent, "side": "ast"})
    page = shown(client, placement.get_absolute_url())
    assert "Ended on 6 October 2026: The time or the cover could not be found. Told by telephone" in page
    assert client.get(url("placement_end_notice", placement))["Content-Type"] == "application/pdf"

    assert "Take the early end back" in page
    client.post(url("placement_take_back", placement), {"reason": "Another school was meant"})
    placement.refresh_from_db()
    assert placement.status == "active"
    assert client.get(url("placement_end_notice", placement)).status_code == 404


def test_r_8_14_an_end_of_long_ago_is_not_offered_to_be_taken_back(cast: Cast, client: Client, clock: Any) -> None:
    placement = active(cast)
    client.force_login(cast.coordinator)
    sent = {"ended_on": "2026-10-06", "ended_reason": "Told by telephone", "ended_category": "time", "side": "ast"}
    client.post(url("placement_end", placement), sent)
    clock.move_to("2026-12-20 09:00:00Z")
    client.force_login(cast.coordinator)
    page = shown(client, placement.get_absolute_url())
    assert "Ended on 6 October 2026" in page
    assert "Take the early end back" not in page


def test_section_g_officers_read_the_kind_of_reason_and_governors_nothing(cast: Cast, client: Client) -> None:
    placement = ends.ended(cast, active(cast), date(2026, 10, 6))
    client.force_login(cast.host_head)
    assert REASON in shown(client, placement.get_absolute_url())
    client.force_login(cast.officer)
    page = shown(client, placement.get_absolute_url())
    assert "priorities have changed" in page
    assert REASON not in page
    client.force_login(cast.chair)
    assert client.get(placement.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("placement_evaluate", "active", "final_evaluation"),
        ("placement_resume", "early window", "active"),
        ("placement_reopen", "completed", "final_evaluation"),
        ("placement_close", "completed", "closed"),
    ],
)
def test_each_way_on_is_offered_and_walked(
    cast: Cast, client: Client, clock: Any, name: str, start: str, end: str
) -> None:
    if start == "completed":
        placement = ends.completed(cast, clock)
    else:
        placement = active(cast)
        if start == "early window":
            completing.open_final_evaluation(placement=placement, by=cast.coordinator)
    client.force_login(cast.coordinator)
    assert url(name, placement) in client.get(placement.get_absolute_url()).content.decode()
    client.post(url(name, placement), {"reason": "It was a mistake"})
    placement.refresh_from_db()
    assert placement.status == end
