"""The time report and its paper (R-10.7, R-14.7, R-15.11)."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from evaluation.time.reads import WAYS, entries, time_report
from placements.activities.models import Activity
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
    report = time_report(entries(cast.ast, **SPAN), way)
    assert (report.total.days, report.total.dates) == (Decimal("3.0"), 6)
    wanted = {"school": 2, "activity": 2, "category": 1, "week": 3, "half_term": 1, "term": 1, "ast": 1}
    assert len(report.lines) == wanted[way]
    assert sum(line.days for line in report.lines) == report.total.days


def test_r_10_7_a_day_with_two_kinds_of_work_is_shared_between_them(cast: Cast, six: list[Any]) -> None:
    report = time_report(entries(cast.ast, **SPAN), "activity")
    assert [line.days for line in report.lines] == [Decimal("1.5"), Decimal("1.5")]


def _mixed(cast: Cast) -> None:
    """Beside the outreach: a central course, inreach, and a network meeting that the year is not for."""
    said = {"post": cast.post, "recorded_by": cast.ast, "on": TUESDAY, "what": "ZQWHAT"}
    Activity.objects.create(kind="authority", days=HALF, counts=True, **said)
    Activity.objects.create(kind="network", days=Decimal("0.25"), **said)
    Activity.objects.create(kind="inreach", days=HALF, time_source="other", basis="none", **said)
    Activity.objects.create(
        kind="inreach", days=1, time_source="other", basis="none", cancelled_on=TUESDAY, cancelled_reason="Ill", **said
    )


@pytest.mark.parametrize("way", WAYS)
def test_r_10_7_page_file_and_paper_have_equal_totals_in_every_way(
    client: Client, cast: Cast, six: list[Any], way: str
) -> None:
    _mixed(cast)
    client.force_login(cast.ast)
    url = reverse("evaluation:time")
    report = client.get(url, {"by": way}).context["report"]
    assert sum(line.days for line in report.lines) == report.total.days == Decimal("4.25")
    lines = b"".join(client.get(url, {"by": way, "export": "csv"}).streaming_content).decode().splitlines()
    assert sum(Decimal(line.split(",")[-2]) for line in lines[1:-1]) == Decimal("4.25")
    assert [Decimal(cell) for cell in lines[-1].split(",")[1:5]] == [3, Decimal("0.75"), HALF, Decimal("4.25")]


def test_r_4_8_inreach_is_never_reported_as_outreach(client: Client, cast: Cast, six: list[Any]) -> None:
    _mixed(cast)
    client.force_login(cast.ast)
    by_school = client.get(reverse("evaluation:time"), {"by": "school"}).context["report"]
    home = next(line for line in by_school.lines if line.label.startswith(cast.home.name))
    assert (home.outreach, home.inreach, by_school.total.outreach) == (0, HALF, 3)
    text = text_of(client.get(reverse("evaluation:time_pdf")))
    assert "Inreach, at the AST’s own school: 0.5 days." in text
    assert "4.25 days" in text
    assert "ZQWHAT" not in text


def test_g_a_host_counts_no_other_work_of_the_ast(cast: Cast, six: list[Any]) -> None:
    _mixed(cast)
    assert {entry.sort for entry in entries(cast.host_head, **SPAN)} == {"outreach"}
    assert {entry.sort for entry in entries(cast.home_head, **SPAN)} == {"outreach", "work", "inreach"}


@pytest.mark.parametrize(
    ("who", "days"),
    [("ast", 3), ("coordinator", 3), ("home_head", 3), ("host_head", Decimal("1.5")), ("outsider", 0), ("officer", 3)],
)
def test_everybody_counts_their_own(cast: Cast, six: list[Any], who: str, days: Any) -> None:
    assert time_report(entries(getattr(cast, who), **SPAN), "school").total.days == days


def test_r_14_7_the_page_and_the_file_say_the_same(client: Client, cast: Cast, six: list[Any]) -> None:
    client.force_login(cast.home_head)
    url = reverse("evaluation:time")
    text = client.get(url, {"by": "week"}).content.decode()
    assert "<strong>3 days</strong> on 6 dates" in text
    assert "Week of 23 November 2026" in text
    lines = b"".join(client.get(url, {"by": "week", "export": "csv"}).streaming_content).decode().splitlines()
    assert lines[0].lstrip("\ufeff") == "Week,Outreach,Other AST work,Inreach,Days,Dates"
    assert lines[-1].startswith("Total,3.0")


def test_r_15_11_three_days_on_screen_are_three_days_on_paper(client: Client, cast: Cast, six: list[Any]) -> None:
    client.force_login(cast.ast)
    screen = client.get(reverse("evaluation:time"))
    assert "<strong>3 days</strong> on 6 dates" in screen.content.decode()
    response = client.get(reverse("evaluation:time_pdf"))
    assert response["Content-Disposition"].startswith("attachment")
    text = text_of(response)
    assert "Delivered outreach from 1 September 2026 to 24 November 2026: 3 days." in text
    assert "Total 3 0 0 3 days 6" in text
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
        with django_assert_max_num_queries(13 + SESSION) as counted:
            client.get(reverse("evaluation:time"), {"by": way})
        return len(counted)

    client.get(reverse("evaluation:time"))  # the first page of a session writes the session
    before = [queries(way) for way in WAYS]
    second = elsewhere(cast)
    for week in range(3):
        write_up(cast, second, TUESDAY - timedelta(days=1 + 7 * week), HALF)
    assert [queries(way) for way in WAYS] == before
