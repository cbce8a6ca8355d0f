"""Retention and destinations, by phase and over the years, on the page, in files and on paper (R-3.16, R-15.15)."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year
from staff.accounts.models import User
from staff.figures.documents import facts_of
from staff.figures.reads import leavers
from staff.figures.reads.sheets import Sheet
from staff.posts.actions import leaving
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
NOW = date(2026, 10, 6)
URL = reverse("staff:leavers")


@pytest.fixture
def gone(cast: Cast) -> list[Post]:
    """Four of primary schools: two become deputy heads, one joins the own leadership team, one stays."""
    posts = [PostFactory(home=SchoolFactory(phase="primary")) for _ in range(4)]
    for post, where in zip(posts, ("deputy", "deputy", "leadership"), strict=False):
        leaving.record(post=post, last_day=date(2026, 10, 2), destination=where, reason="", by=cast.coordinator)
    return posts


def sheet(user: User) -> Sheet:
    years = list(AcademicYear.objects.order_by("-starts_on"))
    return leavers.sheet(user, years[0], years, NOW)


def test_r_3_16_given_2_to_deputy_head_and_1_to_internal_slt_when_reported_then_exactly_2_and_1(
    cast: Cast, gone: list[Post]
) -> None:
    found = sheet(cast.coordinator).tables[0]
    (line,) = [dict(zip(found.header, row, strict=True)) for row in found.rows if row[0] == "Primary"]
    assert (line["Deputy headteacher"], line["Leadership team of the own school"]) == (2, 1)
    assert (line["In post in the year"], line["Left"], line["Kept"], line["Headteacher"]) == (4, 3, "25%", 0)
    assert found.total[:4] == ("All phases", 5, 3, "40%")
    said = text(signed_in(cast.coordinator).get(URL))
    assert "Primary 4 3 25% 0 2 0 1 0 0 0" in said
    lines = b"".join(signed_in(cast.coordinator).get(URL, {"export": "csv"})).decode("utf-8-sig").splitlines()
    assert lines[1] == "Primary,4,3,25%,0,2,0,1,0,0,0"


def test_r_3_16_year_by_year_history_survives(cast: Cast, gone: list[Post]) -> None:
    save_year(default_year("2025-26"), by=None)
    Post.objects.filter(pk=gone[0].pk).update(ends_on=date(2026, 7, 17))
    by_year = sheet(cast.coordinator).tables[1]
    assert [line[:4] for line in by_year.rows] == [("2025/26", 5, 1, "80%"), ("2026/27", 4, 2, "50%")]
    earlier = text(signed_in(cast.coordinator).get(URL, {"year": "2025-26"}))
    assert "Primary 4 1 75% 0 1 0 0 0 0 0" in earlier
    assert gone[0].name in earlier
    assert gone[1].name not in earlier


def test_g_officers_read_how_many_left_and_not_who_went_where(cast: Cast, gone: list[Post]) -> None:
    """Who goes where is for the office, the AST and the own head; groups of one or two are kept back."""
    office, officer = (text(signed_in(user).get(URL)) for user in (cast.coordinator, cast.officer))
    assert gone[0].name in office
    assert gone[0].name not in officer
    found = sheet(cast.officer)
    assert [table.code for table in found.tables] == ["csv", "years"]
    line = next(row for row in found.tables[0].rows if row[0] == "Primary")
    assert line[1:4] == (4, 3, "25%")
    assert line[5] == line[7] == "not shown", "two went there and one elsewhere, of all phases together"
    assert found.tables[0].total[5] == found.tables[0].total[7] == "fewer than 3"


def test_r_15_15_the_paper_has_the_totals_of_the_screen_and_no_names(cast: Cast, gone: list[Post]) -> None:
    shown = sheet(cast.coordinator)
    facts = facts_of(shown)
    assert [t["rows"] for t in facts["tables"]] == [t.rows for t in shown.tables[:2]]
    assert facts["tables"][0]["total"] == shown.tables[0].total
    assert gone[0].name not in str(facts)
    response = signed_in(cast.officer).get(URL, {"export": "pdf"})
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("query", [{}, {"year": "1066-67"}, {"year": ""}, {"export": "people"}, {"export": "x"}])
def test_what_makes_no_sense_shows_the_newest_year(cast: Cast, gone: list[Post], query: dict[str, Any]) -> None:
    assert "School year: 2026/27" in text(signed_in(cast.officer).get(URL, query))


def test_without_a_school_year_the_page_says_so(cast: Cast) -> None:
    assert "No school year is entered yet." in str(leavers.sheet(cast.coordinator, None, [], NOW).empty)
