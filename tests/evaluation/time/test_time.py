"""The time report and its paper (R-10.7, R-14.7, R-15.11)."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from evaluation.time.reads import WAYS, delivered, time_report
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.stories import HALF, TELLING, TUESDAY, write_up
from tests.placements.active import elsewhere

pytestmark = pytest.mark.django_db

SESSION = 5
"""What keeping track of the signed-in device costs every page."""
SPAN = {"first": date(2026, 9, 1), "last": date(2027, 7, 21)}


def text_of(response: Any) -> str:
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(data)).pages).split())


@pytest.fixture
def six(cast: Cast, placement: Placement) -> list[Any]:
    """Six entries of half a day at two schools, over three weeks."""
    second = elsewhere(cast)
    return [
        write_up(cast, place, TUESDAY - timedelta(days=7 * week + day), HALF)
        for week in range(3)
        for day, place in ((0, placement), (1, second))
    ]


@pytest.mark.parametrize("way", WAYS)
def test_r_10_7_six_entries_of_half_a_day_are_three_days(cast: Cast, six: list[Any], way: str) -> None:
    report = time_report(delivered(cast.ast, **SPAN), way)
    assert (report.days, report.dates) == (Decimal("3.0"), 6)
    wanted = {"school": 2, "activity": 2, "week": 3, "half_term": 1, "ast": 1}
    assert len(report.lines) == wanted[way]
    if not report.overlaps:
        assert sum(line.days for line in report.lines) == report.days


def test_r_10_7_two_kinds_of_work_count_under_both(cast: Cast, six: list[Any]) -> None:
    report = time_report(delivered(cast.ast, **SPAN), "activity")
    assert [line.days for line in report.lines] == [3, 3]


@pytest.mark.parametrize(
    ("who", "days"),
    [("ast", 3), ("coordinator", 3), ("home_head", 3), ("host_head", Decimal("1.5")), ("outsider", 0), ("officer", 3)],
)
def test_everybody_counts_their_own(cast: Cast, six: list[Any], who: str, days: Any) -> None:
    assert time_report(delivered(getattr(cast, who), **SPAN), "school").days == days


def test_r_14_7_the_page_and_the_file_say_the_same(client: Client, cast: Cast, six: list[Any]) -> None:
    client.force_login(cast.home_head)
    url = reverse("evaluation:time")
    text = client.get(url, {"by": "week"}).content.decode()
    assert "<strong>3 days</strong> on 6 dates" in text
    assert "Week of 23 November 2026" in text
    lines = b"".join(client.get(url, {"by": "week", "export": "csv"}).streaming_content).decode().splitlines()
    assert lines[0].lstrip("\ufeff") == "Week,Days,Dates"
    assert lines[-1] == "Total,3,6" or lines[-1].startswith("Total,3.0")


def test_r_15_11_three_days_on_screen_are_three_days_on_paper(client: Client, cast: Cast, six: list[Any]) -> None:
    client.force_login(cast.ast)
    response = client.get(reverse("evaluation:time_pdf"))
    assert response["Content-Disposition"].startswith("attachment")
    text = text_of(response)
    assert "3 days" in text
    assert "Wren Castellow" in text
    assert TELLING.priorities in text
    assert "Pettifer" not in text


def test_g_the_officers_paper_holds_time_only(client: Client, cast: Cast, six: list[Any]) -> None:
    client.force_login(cast.officer)
    text = text_of(client.get(reverse("evaluation:time_pdf")))
    assert "3 days" in text
    assert TELLING.priorities not in text


@pytest.mark.parametrize(
    "query",
    [
        "by=moon",
        "first=2026-99-99",
        "last=x",
        "ast=999",
        "ast=x",
        "first=2026-12-01&last=2026-01-01",
        "first=1900-01-01",
    ],
)
def test_nonsense_in_the_address_is_only_an_error(client: Client, cast: Cast, six: list[Any], query: str) -> None:
    client.force_login(cast.coordinator)
    assert client.get(f"{reverse('evaluation:time')}?{query}").status_code == 200


def test_the_report_costs_the_same_queries_for_any_number(
    client: Client, cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    write_up(cast, placement, TUESDAY, HALF)
    client.force_login(cast.coordinator)

    def queries(way: str) -> int:
        with django_assert_max_num_queries(10 + SESSION) as counted:
            client.get(reverse("evaluation:time"), {"by": way})
        return len(counted)

    client.get(reverse("evaluation:time"))  # the first page of a session writes the session
    before = [queries(way) for way in WAYS]
    second = elsewhere(cast)
    for week in range(3):
        write_up(cast, second, TUESDAY - timedelta(days=1 + 7 * week), HALF)
    assert [queries(way) for way in WAYS] == before
