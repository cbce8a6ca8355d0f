"""The annual report: page, files, paper, and what is issued (R-15.16, R-14.1, R-14.2)."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent
from astcoord.ui.once import KEY, new_key
from evaluation.authority import actions
from evaluation.authority.documents import facts_of
from evaluation.authority.reads import annual
from evaluation.authority.reads.outcomes import FEW
from evaluation.reviews.wording import CONTRIBUTION
from placements.deployment.reads.chosen import Chosen
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.evaluations.telling import concluded
from tests.evaluation.stories import NOVEMBER
from tests.factories import PriorityFactory, RequestFactory
from tests.placements.active import active
from tests.placements.deployment.test_deployment import period
from tests.placements.deployment.working import contracted, file_of
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print", "november")]
URL, ISSUE = reverse("evaluation:annual_report"), reverse("evaluation:annual_issue")
TODAY = NOVEMBER.date()
SUPPORTED = ("Pettifer", "Juno")


def report(cast: Cast, reader: Any = None, **chosen: str) -> annual.Annual:
    return annual.report(reader or cast.officer, period(), Chosen(**chosen), [("Period", "x")], TODAY)


@pytest.fixture
def busy(cast: Cast, placement: Placement) -> Placement:
    """One placement concluded, two more under contract, a request that waits."""
    served = PriorityFactory(reference="EDP 2", name="Mathematics")
    for days in (5, 7):
        contracted(cast, days).priorities.add(served)
    RequestFactory(status="waiting", ending="no_days")
    concluded(cast, placement)
    return placement


def test_r_15_16_page_files_and_paper_have_equal_totals(cast: Cast, client: Client, busy: Placement) -> None:
    client.force_login(cast.officer)
    found = report(cast)
    page = client.get(URL).context["annual"]
    printed = [table for section in facts_of(found)["sections"] for table in section["tables"]]
    assert [t.code for t in page.tables] == [t.code for t in found.tables]
    for shown, table, paper in zip(page.tables, found.tables, printed, strict=True):
        assert (shown.rows, shown.total) == (table.rows, table.total) == (paper["rows"], paper["total"])
        lines = file_of(client, URL, export=table.code)
        assert len(lines) == 1 + len(table.lines)
        if table.total:
            assert lines[-1].split(",")[-1] == str(table.total[-1])


@pytest.mark.parametrize(("subject", "placements"), [("mathematics", 3), ("music", 0)])
def test_r_15_16_under_a_filter_too(cast: Cast, client: Client, busy: Placement, subject: str, placements: int) -> None:
    client.force_login(cast.coordinator)
    found = next((t for t in report(cast, subject=subject).tables if t.code == "days-priority"), None)
    if found is None:
        assert not placements
        assert "Nothing was under contract in this period" in text(client.get(URL, {"subject": subject}))
        return
    assert found.total[1] == placements
    assert file_of(client, URL, subject=subject, export=found.code)[-1].split(",")[-3] == str(placements)


def test_r_15_16_what_came_of_it_and_the_sentence_on_contribution(cast: Cast, busy: Placement) -> None:
    """Of three placements at least: the paper goes to officers (section G)."""

    def sections(**chosen: str) -> dict[str, Any]:
        return {table.code: table for table in report(cast, **chosen).tables}

    assert "outcomes-csv" not in sections()
    assert FEW in str(facts_of(report(cast)))
    for _ in range(2):
        concluded(cast, active(cast))
    found = sections()
    assert (found["outcomes-csv"].rows, found["outcomes-csv"].total) == ((("Reached", 5, "100%"),), ("All", 5, "100%"))
    assert found["outcomes-subject"].total[1] == 5
    assert not any(code.startswith("outcomes") for code in sections(phase="primary"))
    assert facts_of(report(cast))["contribution"] == CONTRIBUTION


def test_a_year_without_anything_reads_in_words(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    page = text(client.get(URL))
    assert "Nothing was under contract in this period (School year 2026/27)." in page
    assert "No request was handed in in this period (School year 2026/27)." in page
    assert "No evidence yet: no final evaluation was concluded in this period (School year 2026/27)." in page
    assert "No report has been issued yet." in page


def test_the_same_for_whoever_reads_it_and_without_names(cast: Cast, client: Client, busy: Placement) -> None:
    mine, theirs = facts_of(report(cast, cast.coordinator)), facts_of(report(cast, cast.officer))
    assert mine == theirs
    assert not any(name in str(mine) for name in (*SUPPORTED, cast.ast.name, cast.host_head.name))


def test_r_15_16_issued_it_stays_as_it_was_and_again_it_is_a_new_version(
    cast: Cast, client: Client, busy: Placement
) -> None:
    client.force_login(cast.coordinator)
    assert client.post(ISSUE, {"year": "2026-27"}).status_code == 302
    first = Document.objects.get(kind="annual-report")
    before = first.facts
    contracted(cast, 9)
    client.post(ISSUE, {"year": "2026-27"})
    first.refresh_from_db()
    assert first.facts == before
    titles = list(Document.objects.filter(kind="annual-report").order_by("pk").values_list("title", flat=True))
    assert titles == ["Annual report, school year 2026/27", "Annual report, school year 2026/27, version 2"]
    assert AuditEvent.objects.filter(verb="Annual report issued").count() == 2
    client.force_login(cast.officer)
    assert "Annual report, school year 2026/27, version 2 (PDF)" in text(client.get(URL))
    response = client.get(reverse("evaluation:annual_pdf", args=[first.pk]))
    assert response["Content-Type"] == "application/pdf"
    other = Document.objects.exclude(kind="annual-report").first()
    assert other is None or client.get(reverse("evaluation:annual_pdf", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"year": "moon"}, {"year": "2027-28"}])
def test_only_a_year_that_has_begun_is_issued(cast: Cast, client: Client, sent: dict[str, str]) -> None:
    client.force_login(cast.coordinator)
    assert "There is a problem" in text(client.post(ISSUE, sent))
    assert not Document.objects.filter(kind="annual-report").exists()


def test_only_the_co_ordinator_issues(cast: Cast) -> None:
    for person in (cast.officer, cast.administrator):
        with pytest.raises(PermissionDenied):
            actions.issue(period=period(), today=TODAY, by=person)


def test_sent_twice_it_is_issued_once(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    sent = {"year": "2026-27", KEY: new_key()}
    for _ in range(2):
        assert client.post(ISSUE, sent).status_code == 302
    assert Document.objects.filter(kind="annual-report").count() == 1


@pytest.mark.paper
def test_r_15_16_on_paper_with_drawings(cast: Cast, client: Client, busy: Placement) -> None:
    client.force_login(cast.officer)
    response = client.get(URL, {"export": "pdf"})
    assert "annual-report-school-year-202627-preview.pdf" in response["Content-Disposition"]
    words = " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(response.content)).pages).split())
    assert "EDP 2 Mathematics" in words
    assert "2002/03" in words
    assert CONTRIBUTION in words
    assert "By priority: days under contract. The figures are in the table that follows." in _figures(response.content)


def _figures(data: bytes) -> list[str]:
    """What a screen reader says of each drawing."""
    reader = PdfReader(BytesIO(data))
    objects = (IndirectObject(number, 0, reader).get_object() for number in range(1, int(str(reader.trailer["/Size"]))))
    return [str(each["/Alt"]) for each in objects if isinstance(each, dict) and each.get("/S") == "/Figure"]


def test_the_report_costs_the_same_for_one_and_for_many(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    contracted(cast)
    client.force_login(cast.coordinator)
    client.get(URL)
    with django_assert_max_num_queries(80) as one:
        client.get(URL)
    for _ in range(10):
        PriorityFactory().placements.add(contracted(cast, 1))
    with django_assert_max_num_queries(80) as many:
        client.get(URL)
    assert len(one) == len(many)
