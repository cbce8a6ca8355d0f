"""A question answered as page, file and paper (R-20.7)."""

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from evaluation.evaluations.models import Evaluation, ObjectiveReached
from placements.placement.models import Placement
from placements.priorities.models import Priority
from tests.cast import Cast
from tests.factories import PlacementFactory, PriorityFactory, RequestFactory, SchoolFactory
from tests.placements.deployment.working import delivered, file_of, planned
from tests.placements.stories import OBJECTIVE
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
URL = reverse("evaluation:question")
SENT = datetime(2026, 9, 14, 12, tzinfo=UTC)
SESSION = 3
ALL = ("requests", "met", "days", "done", "objectives")
ASKED: dict[str, Any] = {"first": "2026-09-01", "last": "2026-10-06", "rows": "priority", "figures": ALL}


def placed(cast: Cast, *, on: date = date(2026, 9, 22), subject: str = "mathematics", days: int = 2) -> Placement:
    """Asked for in September, agreed, with two days with a date, and one or more done."""
    request = RequestFactory(host=SchoolFactory(), submitted_at=SENT, status="placed", subject=subject)
    placement = PlacementFactory(match__request=request, match__post=cast.post, status="active", subject=subject)
    planned(placement, 2, on=on)
    delivered(placement, days, on=on)
    return placement


def concluded(cast: Cast, placement: Placement, *reached: str) -> None:
    at = datetime(2026, 9, 30, 12, tzinfo=UTC)
    facts: dict[str, Any] = {
        "placement": placement,
        "kind": "final",
        "opens_on": date(2026, 9, 1),
        "due_on": date(2026, 9, 30),
    }
    form = Evaluation.objects.create(**facts, asked_of="host_head", status="submitted", submitted_at=at)
    accepted = {"status": "accepted", "submitted_at": at, "accepted_at": at, "accepted_by": cast.coordinator}
    Evaluation.objects.create(**facts, asked_of="coordinator", **accepted)
    for number, said in enumerate(reached, start=1):
        objective = placement.objectives.create(number=number, **OBJECTIVE)
        ObjectiveReached.objects.create(evaluation=form, objective=objective, reached=said)


def answered(client: Client, **changes: Any) -> Any:
    return client.get(URL, {**ASKED, **changes})


def table(client: Client, **changes: Any) -> Any:
    return answered(client, **changes).context["sheet"].tables[0]


def story(cast: Cast) -> tuple[Priority, Priority]:
    """Two of a priority, one of which serves another too; one request without an AST; one of last year."""
    reading, sums = PriorityFactory(name="Reading"), PriorityFactory(name="Sums")
    both, one = placed(cast, days=1), placed(cast, subject="music")
    for thing, served in ((both, (reading, sums)), (one, (reading,))):
        thing.priorities.set(served)
        thing.request.priorities.set(served)
    concluded(cast, both, "reached", "partly")
    RequestFactory(submitted_at=SENT, status="waiting")
    RequestFactory(submitted_at=datetime(2026, 7, 1, 12, tzinfo=UTC))
    return reading, sums


def test_r_20_7_since_september_by_priority_page_pdf_and_csv_agree(cast: Cast, client: Client) -> None:
    reading, sums = story(cast)
    client.force_login(cast.coordinator)
    page = answered(client)
    found = page.context["sheet"].tables[0]
    assert found.rows == (
        (str(reading), 2, 2, "4", "3", 2, 1),
        (str(sums), 1, 1, "2", "1", 2, 1),
        ("None of the authority’s priorities", 1, 0, "0", "0", 0, 0),
    )
    assert found.total == ("All, each counted once", 3, 2, "4", "3", 2, 1)
    lines = list(csv.reader(file_of(client, URL, **ASKED, export="csv")))
    file = [line for line in lines[1:] if line and not line[0].startswith("# ")]
    assert file == [[str(cell) for cell in line] for line in found.lines]
    pdf = answered(client, export="pdf")
    read = PdfReader(io.BytesIO(b"".join(pdf.streaming_content) if pdf.streaming else pdf.content))
    words = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in read.pages))
    shown = text(page)
    for line in found.lines:
        assert " ".join(str(cell) for cell in line) in words
        assert all(str(cell) in shown for cell in line)
    sentence = (
        "From 1 September 2026 until 6 October 2026: 3 requests, 2 of them met. "
        "4 days with a date and 3 days done. 1 of 2 objectives met."
    )
    assert sentence in shown
    assert sentence in words
    assert "counts in full on each" in shown


def test_r_20_7_one_picture_drawn_with_its_table(cast: Cast, client: Client) -> None:
    story(cast)
    client.force_login(cast.coordinator)
    page = answered(client, rows="subject").content.decode()
    assert page.count('<svg class="app-chart ') == 1
    assert "Days done by subject" in page
    many = answered(client, rows="school", figures=["requests"])
    assert many.context["drawn"].title == "Requests by school"


@pytest.mark.parametrize("rows", ["priority", "subject", "phase", "cluster", "school", "ast"])
def test_r_20_7_by_anything_the_total_is_the_same(cast: Cast, client: Client, rows: str) -> None:
    story(cast)
    client.force_login(cast.coordinator)
    assert table(client, rows=rows).total[1:] == (3, 2, "4", "3", 2, 1)


def test_r_20_7_a_question_begins_with_this_school_year_by_priority(cast: Cast, client: Client) -> None:
    story(cast)
    client.force_login(cast.coordinator)
    page = client.get(URL)
    assert page.context["sheet"].tables[0].total[1:] == (3, 2, "4", "3", 2, 1)
    assert 'value="2026"' in page.content.decode()


def test_r_20_7_a_period_without_anything_says_so(cast: Cast, client: Client) -> None:
    story(cast)
    client.force_login(cast.coordinator)
    shown = text(answered(client, first="2020-01-01", last="2020-01-01"))
    assert "Nothing was asked for or done from 1 January 2020 until 1 January 2020." in shown
    assert "<svg" not in shown
    pdf = answered(client, first="2020-01-01", last="2020-01-01", export="pdf")
    assert pdf.status_code == 200


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last": "2026-08-31"}, "The last day must not be before the first"),
        ({"first": ""}, "Enter"),
        ({"first": "31 February"}, "must"),
        ({"figures": []}, "Select at least one figure"),
        ({"rows": "teacher"}, "There is a problem"),
    ],
)
def test_r_20_7_a_question_that_makes_no_sense_says_what_to_do(
    cast: Cast, client: Client, changes: dict[str, Any], words: str
) -> None:
    story(cast)
    client.force_login(cast.coordinator)
    page = answered(client, **changes)
    assert page.status_code == 200
    assert words in text(page)
    assert "Put right what is wrong" in text(page)
    assert answered(client, **changes, export="csv").status_code == 200


def test_r_20_7_asts_are_named_on_the_page_and_not_on_paper(cast: Cast, client: Client) -> None:
    story(cast)
    client.force_login(cast.officer)
    page = answered(client, rows="ast", figures=["requests", "done"])
    assert [row[0] for row in page.context["sheet"].tables[0].rows] == ["Wren Castellow", "No AST yet"]
    assert "Wren Castellow" not in page.context["sheet"].lead
    pdf = answered(client, rows="ast", figures=["requests", "done"], export="pdf")
    read = PdfReader(io.BytesIO(b"".join(pdf.streaming_content) if pdf.streaming else pdf.content))
    words = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in read.pages))
    assert "Castellow" not in words
    assert "All, each counted once 3 3" in words


def test_g_few_placements_are_not_told_of_by_their_objectives_to_officers(cast: Cast, client: Client) -> None:
    story(cast)
    client.force_login(cast.officer)
    shown = answered(client)
    assert "Objectives met" not in shown.context["sheet"].tables[0].header
    assert "of whole school years alone" in text(shown)
    year = {"first": cast.year.starts_on.isoformat(), "last": cast.year.ends_on.isoformat()}
    assert "fewer than three placements were concluded" in text(answered(client, **year))
    for _ in range(2):
        concluded(cast, placed(cast), "reached")
    of_year = answered(client, **year, rows="phase")
    assert of_year.context["sheet"].tables[0].total[-2:] == (4, 3)
    kept = answered(client, **year, rows="school").context["sheet"].tables[0]
    assert {row[-2:] for row in kept.rows} == {("not shown", "not shown")}
    assert kept.total[-2:] == (4, 3)


def test_g_a_consultant_counts_the_own_group(cast: Cast, client: Client) -> None:
    story(cast)
    client.force_login(cast.consultant)
    found = table(client, rows="subject")
    assert [row[0] for row in found.rows] == ["Mathematics and numeracy"]
    client.force_login(cast.host_head)
    assert answered(client).status_code == 403


def test_r_20_7_half_days_add_up(cast: Cast, client: Client) -> None:
    placement = placed(cast)
    delivered(placement, Decimal("0.5"), on=date(2026, 9, 23))  # type: ignore[arg-type]
    client.force_login(cast.coordinator)
    assert table(client, figures=["done"]).total == ("All, each counted once", "2.5")


def test_r_20_7_it_asks_as_much_for_1_as_for_30(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            answered(client)
        return len(found)

    story(cast)
    asked()
    one = asked()
    for _ in range(29):
        placed(cast)
    assert asked() == one <= 12 + SESSION
