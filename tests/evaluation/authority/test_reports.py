"""Benchmarks, the report for the schools forum, and the list of every report (R-14.7, R-14.8, R-14.9, R-16.2)."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core.models.policy import Policy
from evaluation.authority import rules
from evaluation.authority.reads import benchmarks, costs, forum, listing
from evaluation.authority.wording import BENCHMARKS, NOT_WORKED_OUT
from placements.placement.models import Placement
from schools.calendar.actions import save_year
from schools.calendar.years import default_year
from staff.figures.reads.sheets import Table
from staff.pay.models import PayPoint, PostContract
from tests.cast import Cast
from tests.evaluation.value.telling import cost, more
from tests.factories import PostFactory, SchoolFactory
from tests.placements.deployment.test_deployment import period
from tests.placements.deployment.working import contracted, delivered, file_of
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
TODAY = date(2026, 10, 6)
FORUM, MARKS, INDEX = (reverse(f"evaluation:{name}") for name in ("forum", "benchmarks", "reports"))


def test_r_14_8_each_benchmark_carries_its_year_and_none_is_a_target(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    lines = file_of(client, MARKS, export="csv")[1:]
    assert len(lines) == len(BENCHMARKS) == 12
    assert all(",2002/03," in line for line in lines)
    page = text(client.get(MARKS))
    assert page.count("2002/03") >= len(BENCHMARKS)
    assert "None of them is a target." in page
    assert NOT_WORKED_OUT in page


def test_r_14_8_ours_beside_them_where_it_is_recorded(cast: Cast) -> None:
    assert benchmarks.own_figures(TODAY)["permanent"] == "Nothing is recorded"
    for number in range(4):
        post = PostFactory(home=SchoolFactory(phase="primary"), years_teaching=5 * (number + 1))
        PostContract.objects.create(post=post, kind="permanent")
        for point, since in ((number + 1, date(2025, 9, 1)), (number + 2, date(2026, 9, 1)), (27, date(2027, 9, 1))):
            PayPoint.objects.create(post=post, point=point, starts_on=since, recorded_by=cast.coordinator)
    own = benchmarks.own_figures(TODAY)
    assert own["permanent"] == "4 of 4 (100%)"
    assert own["ten_primary"] == "fewer than 3 of 4"
    assert own["twenty_primary"] == "0 of 4 (0%)"
    assert own["point_primary"] == "3.5, of 4 ASTs"
    assert own["point_secondary"] == "Nothing is recorded"


@pytest.mark.parametrize("part", range(6))
def test_g_nobody_can_be_told_from_a_share(part: int) -> None:
    words = rules.share_words(part, 5)
    assert ("%" in words) == (part in (0, 5)), "of five one or two are a small group, and so are all but one or two"


def tables(cast: Cast) -> dict[str, Table]:
    return {table.code: table for table in forum.sheet(cast.officer, period(), TODAY).tables}


@pytest.fixture
def pool(cast: Cast) -> None:
    """Sixteen ASTs, of whom fifty are wanted; twelve days under contract, three of them used."""
    Policy.objects.update(target=50, target_counts="altogether")
    PostFactory.create_batch(15, inducted=False, weekday=False)
    for host in (cast.host, cast.elsewhere):
        contracted(cast, 6, host=host)
    delivered(contracted(cast, 1, host=cast.host), 3)


@pytest.mark.paper
def test_r_14_9_given_16_of_50_pool_gap_and_days_used_stand_on_one_page(cast: Cast, client: Client, pool: None) -> None:
    client.force_login(cast.officer)
    pages = PdfReader(BytesIO(client.get(FORUM, {"export": "pdf"}).content)).pages
    assert len(pages) == 1
    words = " ".join(pages[0].extract_text().split())
    assert "Active 16" in words
    assert "Gap to the target 34" in words
    assert "34 more ASTs are wanted to reach the target of 50" in words
    assert "Days used at them 3" in words
    assert "Schools supported 2" in words
    assert costs.NOT_ENTERED in words
    assert cast.ast.name not in words


def test_r_14_9_what_came_of_it_is_no_evidence_rather_than_nought(cast: Cast, client: Client, pool: None) -> None:
    client.force_login(cast.coordinator)
    page = text(client.get(FORUM))
    assert "No evidence yet: no final evaluation was concluded in this period (School year 2026/27)." in page
    assert "outcomes" not in tables(cast)
    assert file_of(client, FORUM, export="use")[1] == "Placements,3"


def test_r_14_9_cost_from_whoever_knows_it_and_not_entered_otherwise(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tables(cast)["cost"].rows == ((costs.PLACEMENTS, costs.NOT_ENTERED),)
    monkeypatch.setattr(costs, "sources", [lambda year: [(f"Supply for placements in {year}", "£1,250.50")]])
    assert tables(cast)["cost"].rows == (("Supply for placements in 2026/27", "£1,250.50"),)


def test_r_14_9_what_placements_cost_is_summed_where_three_are_entered(cast: Cast, placement: Placement) -> None:
    cost(cast, placement, 300)
    list(more(cast, 1))
    assert tables(cast)["cost"].rows == (("Cost of placements", "Fewer than 3: not shown"),)
    list(more(cast, 1))
    assert tables(cast)["cost"].rows == (("Cost of the 3 of 3 placements for which it is entered", "£500"),)
    list(more(cast, 2, subject="english"))
    kept = (("Cost of placements", "Fewer than 3: not shown"),)
    assert tables(cast)["cost"].rows == kept, "beside the sum of mathematics it would tell of the two in English"
    for row in more(cast, 1, subject="english"):
        Placement.objects.filter(pk=row.pk).update(status="closed", days_before=0)
    assert tables(cast)["cost"].rows == kept, "the third never happened"
    list(more(cast, 1, subject="english"))
    assert tables(cast)["cost"].rows == (("Cost of the 6 of 6 placements for which it is entered", "£800"),)


def test_a_year_without_days_says_so(cast: Cast) -> None:
    save_year(default_year("2027-28"), by=None)
    found = forum.sheet(cast.officer, period("2027-28"), TODAY)
    use = next(table for table in found.tables if table.code == "use")
    assert use.rows[0] == ("Placements", 0)


READERS = ("coordinator", "administrator", "officer", "consultant")


@pytest.mark.parametrize("who", READERS)
def test_r_16_2_every_report_listed_opens_for_whom_it_is_listed(cast: Cast, client: Client, who: str) -> None:
    reader = getattr(cast, who)
    client.force_login(reader)
    page = text(client.get(INDEX))
    listed = [row for _, rows in listing.reports_of(reader, cast.policy) for row in rows]
    assert listed
    for title, url, words in listed:
        assert client.get(url).status_code == 200, title
        assert title in page
        assert words in page
        assert words.endswith(".")


def test_r_16_2_no_report_is_kept_from_its_list(cast: Cast, client: Client) -> None:
    """Whoever may open a page that the list knows finds it there."""
    for who in READERS:
        reader = getattr(cast, who)
        client.force_login(reader)
        listed = {url for _, rows in listing.reports_of(reader, cast.policy) for _, url, _ in rows}
        for each in listing.REPORTS:
            if not each.setting:
                opens = client.get(reverse(each.url_name)).status_code == 200
                assert opens == (reverse(each.url_name) in listed), (who, each.title)


@pytest.mark.parametrize("who", ["host_head", "home_head", "ast", "chair"])
def test_g_nobody_else_reads_any(cast: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    for url in (INDEX, FORUM, MARKS, reverse("evaluation:annual_report")):
        assert client.get(url).status_code == 403


def test_g_an_administrator_and_a_consultant_read_no_sums_of_what_is_marked(cast: Cast, client: Client) -> None:
    for person in (cast.administrator, cast.consultant):
        client.force_login(person)
        for url in (FORUM, MARKS, reverse("evaluation:annual_report")):
            assert client.get(url).status_code == 403
