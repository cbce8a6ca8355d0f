"""Where the days of a period go: priorities, needs, and the placements one by one (R-14.1, R-14.2)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.deployment.reads import deployed
from placements.deployment.reads import rows as deployment
from placements.deployment.reads.chosen import Chosen
from placements.deployment.reads.periods import Period, periods
from placements.deployment.reads.rows import priority_labels
from schools.register.models import Cluster, SchoolStatus
from staff.figures.documents import facts_of
from tests.cast import Cast
from tests.factories import PriorityFactory, SchoolFactory
from tests.placements.deployment.working import contracted, delivered, file_of, planned
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
URL = reverse("placements:deployment")


def period(slug: str = "2026-27") -> Period:
    return next(each for each in periods() if each.slug == slug)


def rows_of(reader: Any, slug: str = "2026-27", **chosen: str) -> list[deployment.Row]:
    return deployment.rows(period(slug), Chosen(**chosen), reader, priority_labels())


def table(reader: Any, code: str, slug: str = "2026-27", **chosen: str) -> Any:
    sheet = deployed.sheet(reader, period(slug), Chosen(**chosen), [], labels=priority_labels())
    return next((each for each in sheet.tables if each.code == code), None)


def test_r_14_1_three_placements_of_six_days_on_one_priority_are_18(cast: Cast) -> None:
    served, other = PriorityFactory(reference="EDP 2", name="Mathematics"), PriorityFactory()
    for _ in range(3):
        contracted(cast).priorities.add(served)
    contracted(cast, 4, no_priority_reason="Nothing on the list fits.")
    contracted(cast, 3)
    assert table(cast.officer, "priority").rows == (
        ("EDP 2 Mathematics", 3, "18", "0"),
        ("None of the authority’s priorities", 1, "4", "0"),
        ("Not said yet", 1, "3", "0"),
    )
    assert table(cast.officer, "unlinked") is None, "somebody’s own words are not for officers, who read sums (G)"
    assert [row[2] for row in table(cast.coordinator, "unlinked").rows] == ["Nothing on the list fits."]
    for code, days in ((served.pk, 18), (other.pk, 0), ("none", 4), ("unsaid", 3)):
        assert deployment.total(rows_of(cast.officer, priority=str(code))).days == days


def test_r_14_1_a_placement_on_two_priorities_counts_on_each_and_the_page_says_so(cast: Cast, client: Client) -> None:
    both = [PriorityFactory(reference="EDP 1", name="Reading"), PriorityFactory(reference="EDP 2", name="Writing")]
    contracted(cast, 5).priorities.set(both)
    under_way = contracted(cast, 6)
    under_way.priorities.set(both[:1])
    delivered(under_way, 2)
    found = table(cast.officer, "priority")
    assert found.rows == (("EDP 1 Reading", 2, "11", "2"), ("EDP 2 Writing", 1, "5", "0"))
    assert found.total == ("All of these placements, each counted once", 2, "11", "2")
    client.force_login(cast.officer)
    page = text(client.get(URL))
    assert "2 placements, 11 days under contract, 2 days delivered." in page
    assert "1 placement serves more than one priority and counts in full on each" in page


def test_r_14_2_with_a_category_filter_totals_match_the_rows(cast: Cast, client: Client) -> None:
    hard = SchoolFactory(cluster=Cluster.objects.create(name="Weald cluster", slug="weald"))
    SchoolStatus.objects.create(school=hard, kind="category", name="special_measures", starts_on=date(2026, 1, 1))
    contracted(cast, 5, host=hard)
    contracted(cast, 6)
    assert [(r.host, r.days) for r in rows_of(cast.officer, standing="special_measures")] == [(hard.name, 5)]
    client.force_login(cast.officer)
    page = text(client.get(URL, {"standing": "special_measures"}))
    assert "1 placement, 5 days under contract, 0 days delivered." in page
    assert "Category or programme: Special measures" in page
    assert hard.name in page
    assert "Weald cluster" in page
    lines = file_of(client, URL, standing="none", export="csv")
    assert len(lines) == 2
    assert lines[1].endswith(",6,0")


def test_r_14_7_the_page_shows_the_first_placements_and_the_file_has_all(cast: Cast, client: Client) -> None:
    for _ in range(deployed.SHOWN + 2):
        contracted(cast, 1)
    client.force_login(cast.officer)
    page = text(client.get(URL))
    assert "The first 10. The file has all 12." in page
    assert "The placements, one by one (12)" in page
    assert len(file_of(client, URL, export="csv")) == 1 + 12


@pytest.mark.parametrize("code", ["priority", "need", "subject", "phase", "standing", "cluster"])
def test_r_14_2_every_table_file_and_paper_adds_up_to_the_same(cast: Cast, client: Client, code: str) -> None:
    for days in (5, 6, 7):
        delivered(contracted(cast, days), 1)
    found = table(cast.officer, code)
    assert found.total[1:] == (3, "18", "3")
    client.force_login(cast.officer)
    lines = file_of(client, URL, export=code)
    assert lines[-1].endswith(",3,18,3")
    sheet = deployed.sheet(cast.officer, period(), Chosen(), [], labels=priority_labels())
    assert [t["total"] for t in facts_of(sheet)["tables"] if t["title"] == found.title] == [found.total]


def test_r_14_2_days_by_need_where_the_need_shows(cast: Cast) -> None:
    contracted(cast, 4, match__request__evidence_kinds=("inspection", "data"))
    contracted(cast, 2, match__request__evidence_kinds=())
    found = table(cast.officer, "need")
    assert found.rows == (
        ("Inspection report", 1, "4", "0"),
        ("Results and other data", 1, "4", "0"),
        ("Not said", 1, "2", "0"),
    )
    assert found.total[1:] == (2, "6", "0")


def test_r_14_2_a_term_counts_days_with_a_date_in_it(cast: Cast, client: Client) -> None:
    work = contracted(cast, 6)
    planned(work, 1, on=date(2026, 11, 10))
    planned(work, 1, on=date(2026, 10, 13))
    delivered(work, 1, on=date(2026, 10, 13))
    planned(work, 2, on=date(2027, 1, 19))
    assert [(r.days, r.delivered) for r in rows_of(cast.officer, "autumn-2026")] == [(2, 1)]
    assert [(r.days, r.delivered) for r in rows_of(cast.officer, "spring-2027")] == [(2, 0)]
    client.force_login(cast.officer)
    page = text(client.get(URL, {"period": "autumn-2026"}))
    assert "1 placement, 2 days with a date, 1 day delivered." in page
    assert "Days with a date" in page


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("summer-2027", "No outreach day was planned or delivered in this period (Summer term 2027)."),
        ("2026-27", "Nothing was under contract in this period (School year 2026/27)."),
    ],
)
def test_an_empty_period_reads_in_words(cast: Cast, client: Client, slug: str, words: str) -> None:
    client.force_login(cast.coordinator)
    page = text(client.get(URL, {"period": slug}))
    assert words in page
    assert "0 placements" not in page
    paper = facts_of(deployed.sheet(cast.officer, period(slug), Chosen(), [], labels=priority_labels()))
    assert (paper["empty"], paper["tables"]) == (words, [])


NONSENSE = ("period=moon", "subject=x", "priority=999&cluster=-1", "export=shoes", "phase=" + "x" * 300)


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_narrows_nothing(cast: Cast, client: Client, query: str) -> None:
    contracted(cast)
    client.force_login(cast.coordinator)
    assert "1 placement, 6 days under contract" in text(client.get(f"{URL}?{query}"))


def test_g_a_consultant_counts_the_own_group(cast: Cast, client: Client) -> None:
    contracted(cast, 5)
    contracted(cast, 7, subject="music")
    assert [row.days for row in rows_of(cast.consultant)] == [5]
    client.force_login(cast.consultant)
    assert "1 placement, 5 days under contract" in text(client.get(URL))


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


@pytest.mark.parametrize("page", ["deployment", "deployment_demand", "deployment_schools", "deployment_budgets"])
@pytest.mark.parametrize("who", ["coordinator", "officer", "consultant"])
def test_a_page_costs_the_same_for_one_and_for_many(cast: Cast, client: Client, page: str, who: str) -> None:
    PriorityFactory().placements.add(contracted(cast, 1))
    client.force_login(getattr(cast, who))
    url = reverse(f"placements:{page}")
    client.get(url)
    one = _queries(client, url)
    for _ in range(29):
        PriorityFactory().placements.add(contracted(cast, 1))
    many = _queries(client, url)
    assert one == many <= 15 + 5, "five of them keep track of the signed-in device"


@pytest.mark.parametrize("who", ["host_head", "ast", "chair"])
def test_others_have_no_business_here(cast: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    for page in ("deployment", "deployment_demand", "deployment_schools", "deployment_budgets"):
        assert client.get(reverse(f"placements:{page}")).status_code == 403
