"""The week of visits and the term's grid (R-20.5)."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from evaluation.returns.models import ReturnVisit
from placements.days.actions import days
from placements.placement.models import PlannedReview
from schools.register.models import Cluster, School
from staff.networks.models import NetworkMeeting
from staff.posts.actions import absence
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory
from tests.placements.active import active, elsewhere
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
TUESDAY, MONDAY = date(2026, 11, 10), date(2026, 11, 9)
SESSION = 5


def week_of(user: Any, monday: date = TUESDAY, **more: Any) -> str:
    return text(signed_in(user).get(reverse("placements:week"), {"week": monday.isoformat(), **more}))


def lines(response: Any) -> list[str]:
    return b"".join(response.streaming_content).decode().splitlines()


@pytest.fixture
def planned(cast: Cast) -> Cast:
    """A confirmed visit on Tuesday at the host, and half a day with another school at the AST's own on Monday."""
    School.objects.filter(pk=cast.host.pk).update(street="1 Rookery Lane", telephone="01632 960 001")
    placement = active(cast)
    day = days.plan_day(placement=placement, on=TUESDAY, days=Decimal("0.5"), by=cast.ast)
    days.confirm_day(day=day, by=cast.host_head)
    other = elsewhere(cast)
    days.plan_day(placement=other, on=MONDAY, days=Decimal("0.5"), venue="home", by=cast.ast)
    return cast


def test_r_20_5_the_week_says_who_is_where_with_address_telephone_and_state(planned: Cast) -> None:
    page = week_of(planned.coordinator)
    assert "The week of 9 November 2026" in page
    assert "Wren Castellow Visit : Wren Castellow, Tuesday 0.5 days Fernleigh Primary School 1 Rookery Lane" in page
    assert "01632 960 001 Confirmed by the host school" in page
    assert page.index("Visit from") < page.index("Tuesday 10 November 2026") < page.index("1 Rookery Lane")
    assert "Friday 13 November 2026 : nothing planned" in page


def test_r_20_5_what_is_written_up_and_what_is_not_stands_beside_the_visit(planned: Cast, clock: Any) -> None:
    clock.move_to("2026-11-16 09:00:00Z")
    assert "Not logged" in week_of(planned.coordinator)


def test_r_20_5_each_sees_the_own_week_and_the_way_only_who_goes_there(planned: Cast) -> None:
    assert "1 Rookery Lane" in week_of(planned.ast)
    home = week_of(planned.home_head)
    assert "Fernleigh Primary School" in home
    assert "1 Rookery Lane" not in home
    host = week_of(planned.host_head)
    assert "Fernleigh Primary School" in host
    assert "Visit from" not in host
    assert "Wren" not in week_of(planned.outsider)
    assert signed_in(planned.chair).get(reverse("placements:week")).status_code == 403


def test_r_20_5_every_link_of_the_week_opens_for_its_reader(planned: Cast) -> None:
    visited(planned.post.placements.order_by("pk").first(), "dated")
    for person in (planned.coordinator, planned.officer, planned.consultant, planned.ast, planned.home_head):
        client = signed_in(person)
        body = client.get(reverse("placements:week"), {"week": "2026-11-10"}).content.decode().split("<main")[1]
        links = set(re.findall(r'href="(/[^"?]+)', body.split("</main>")[0])) - {"/"}
        assert len(links) >= 3
        for link in links:
            assert client.get(link).status_code == 200, (person, link)


def test_r_20_5_meetings_and_times_away_stand_in_the_week(planned: Cast) -> None:
    placement = planned.post.placements.order_by("pk").first()
    assert placement is not None
    PlannedReview.objects.create(placement=placement, kind="review_meeting", on=date(2026, 11, 12))
    NetworkMeeting.objects.create(
        kind="cross_phase", on=date(2026, 11, 11), place="The old library", led_by=planned.coordinator, status="invited"
    )
    absence.record(
        post=planned.post,
        kind="illness",
        starts_on=date(2026, 11, 13),
        ends_on=date(2026, 11, 13),
        by=planned.coordinator,
    )
    page = week_of(planned.coordinator)
    assert "Review meeting: Wren Castellow at Fernleigh Primary School" in page
    assert "The old library" in page
    assert page.index("Friday 13 November 2026") < page.index("Away")
    assert "llness" not in page
    assert "Away" not in week_of(planned.host_head)
    assert "Review meeting" not in week_of(planned.officer)


def test_r_20_5_by_ast_school_and_cluster_and_the_filter_goes_with_the_weeks(planned: Cast) -> None:
    cluster = Cluster.objects.create(name="Marlbridge", slug="marlbridge")
    School.objects.filter(pk=planned.host.pk).update(cluster=cluster)
    other = Cluster.objects.create(name="Overdale", slug="overdale")
    School.objects.exclude(pk=planned.host.pk).update(cluster=other)
    only = week_of(planned.coordinator, cluster=cluster.pk)
    assert "Visit from" not in only
    assert "Fernleigh" in only
    assert "Cluster: Marlbridge" in only
    assert "Visit from" not in week_of(planned.coordinator, school=planned.host.pk)
    assert "Visit from" in week_of(planned.coordinator, cluster="nonsense")
    page = signed_in(planned.coordinator).get(
        reverse("placements:week"), {"week": "2026-11-10", "school": planned.host.pk}
    )
    assert f"?week=2026-11-16&amp;school={planned.host.pk}" in page.content.decode()
    assert f"?week=2026-11-02&amp;school={planned.host.pk}" in page.content.decode()


@pytest.mark.parametrize("asked", ["", "nonsense", "0001-01-01", "9999-12-31", "2026-13-01"])
def test_r_20_5_a_week_that_does_not_exist_is_this_one(cast: Cast, asked: str) -> None:
    page = text(signed_in(cast.coordinator).get(reverse("placements:week"), {"week": asked}))
    assert "The week of 5 October 2026" in page


def test_r_20_5_the_week_goes_into_a_file_and_onto_one_sheet(planned: Cast) -> None:
    client = signed_in(planned.coordinator)
    asked = {"week": "2026-11-10"}
    file = lines(client.get(reverse("placements:week"), {**asked, "export": "csv"}))
    assert file[0].lstrip("\ufeff") == "Day,AST,What,School or place,Address,Telephone,How long,State"
    assert len(file) == 3
    assert "Tuesday 10 November 2026,Wren Castellow,Visit,Fernleigh Primary School" in file[2]
    paper = client.get(reverse("placements:week"), {**asked, "export": "pdf"})
    assert paper["Content-Type"] == "application/pdf"


@pytest.mark.paper
def test_r_20_5_the_paper_is_one_a4_sheet_on_its_side(planned: Cast) -> None:
    paper = signed_in(planned.coordinator).get(reverse("placements:week"), {"week": "2026-11-10", "export": "pdf"})
    pages = PdfReader(io.BytesIO(b"".join(paper) if paper.streaming else paper.content)).pages
    assert len(pages) == 1
    assert pages[0].mediabox.width > pages[0].mediabox.height


def test_r_20_5_the_grid_of_a_term_has_every_ast_and_week(planned: Cast) -> None:
    PostFactory(home=planned.elsewhere)
    absence.record(
        post=planned.post,
        kind="other",
        starts_on=date(2026, 11, 16),
        ends_on=date(2026, 11, 20),
        by=planned.coordinator,
    )
    client = signed_in(planned.coordinator)
    url = reverse("placements:week_term")
    assert 'value="autumn-2026" selected' in client.get(url).content.decode()
    file = lines(client.get(url, {"term": "autumn-2026", "export": "csv"}))
    header, wren = file[0].split(","), next(line for line in file if line.startswith("Wren")).split(",")
    assert wren[header.index("9 Nov")] == "1"
    assert wren[header.index("16 Nov")] == "Away"
    assert wren[-1] == "1"
    assert len(file) == 4  # the other AST, and all together
    assert text(client.get(url)).count("Wren Castellow") == 1
    host = text(signed_in(planned.host_head).get(url, {"term": "autumn-2026"}))
    assert "Wren Castellow" in host
    assert "0.5" in host


def test_r_20_5_the_week_asks_no_more_with_thirty_visits(planned: Cast, django_assert_max_num_queries: Any) -> None:
    client = signed_in(planned.coordinator)
    with django_assert_max_num_queries(12 + SESSION) as one:
        week = client.get(reverse("placements:week"), {"week": "2026-11-10"})
        assert week.status_code == 200
    for _ in range(30):
        other = elsewhere(replace(planned, post=PostFactory(home=planned.home)))
        other.outreach_days.create(on=TUESDAY, days=1)
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert text(client.get(reverse("placements:week"), {"week": "2026-11-10"})).count("Visit :") == 31


@pytest.fixture
def county(planned: Cast) -> Cast:
    """Eighty visits on Tuesday, of as many ASTs."""
    for number in range(80):
        post = PostFactory(home=planned.home, user__name=f"Ast {number:02} Of-Many")
        elsewhere(replace(planned, post=post)).outreach_days.create(on=TUESDAY, days=1)
    return planned


def test_r_20_5_a_full_week_is_shown_by_the_day_and_a_full_day_in_pages(county: Cast) -> None:
    client = signed_in(county.coordinator)
    asked = {"week": "2026-11-10"}
    page = client.get(reverse("placements:week"), asked)
    assert "Monday (1)" in text(page)
    assert "Tuesday (81)" in text(page)
    assert text(page).count("Visit from") == 1
    seen = set()
    for number in (1, 2, 3):
        shown = client.get(reverse("placements:week"), {**asked, "day": TUESDAY.isoformat(), "page": number})
        assert len(shown.content) <= 40_000
        seen |= set(re.findall(r"Ast \d\d Of-Many", text(shown)))
        assert f"of 81 on {TUESDAY:%A}" in text(shown)
    assert len(seen) == 80


def test_r_20_5_file_and_paper_of_a_full_week_hold_every_line(county: Cast) -> None:
    client = signed_in(county.coordinator)
    asked = {"week": "2026-11-10", "export": "csv"}
    assert len(lines(client.get(reverse("placements:week"), asked))) == 1 + 82
    assert len(lines(client.get(reverse("placements:week"), {**asked, "day": "2026-11-10"}))) == 1 + 81
    assert len(lines(client.get(reverse("placements:week"), {**asked, "day": "2026-11-09"}))) == 1 + 1


def test_r_20_5_where_asts_are_too_many_for_a_list_their_name_is_typed(county: Cast) -> None:
    client = signed_in(county.coordinator)
    page = client.get(reverse("placements:week"), {"week": "2026-11-10"})
    assert 'name="name"' in page.content.decode()
    assert 'name="ast"' not in page.content.decode()
    found = text(client.get(reverse("placements:week"), {"week": "2026-11-10", "name": "ast 07"}))
    assert set(re.findall(r"Ast \d\d Of-Many", found)) == {"Ast 07 Of-Many"}
    assert "AST or school: ast 07" in found
    post = Post.objects.get(user__name="Ast 08 Of-Many")
    one = client.get(reverse("placements:week"), {"week": "2026-11-10", "ast": post.pk})
    assert set(re.findall(r"Ast \d\d Of-Many", text(one))) == {"Ast 08 Of-Many"}
    assert len(one.context["form"].fields["ast"].choices) == 2


@pytest.mark.parametrize("asked", [{"day": "nonsense"}, {"what": "nonsense"}, {"page": "999"}, {"name": "x" * 300}])
def test_r_20_5_what_makes_no_sense_in_the_address_narrows_nothing(planned: Cast, asked: dict[str, str]) -> None:
    assert "Visit from" in week_of(planned.coordinator, **asked)


def test_r_20_5_a_day_outside_the_week_that_is_named_is_one_of_the_week(planned: Cast) -> None:
    assert "Visit from" in week_of(planned.coordinator, day="2027-03-01")


def test_r_20_5_return_visits_stand_in_the_week_and_on_the_first_page(planned: Cast, clock: Any) -> None:
    visit = visited(planned.post.placements.order_by("pk").first(), "dated")
    assert "Return visit" in visits_of(week_of(planned.coordinator))
    assert "1 Rookery Lane" in visits_of(week_of(planned.ast))
    assert "Return visit" not in visits_of(week_of(planned.outsider))
    assert "Return visit" in visits_of(week_of(planned.coordinator, what="returns"))
    assert "Return visit" not in visits_of(week_of(planned.coordinator, what="visits"))
    clock.move_to("2026-11-09 09:00:00Z")
    assert "Return visit: Wren Castellow at Fernleigh Primary School" in text(signed_in(planned.coordinator).get("/"))
    ReturnVisit.objects.filter(pk=visit.pk).update(status="scheduled")
    assert "Return visit" not in visits_of(week_of(planned.coordinator))


def visits_of(page: str) -> str:
    """The table: the choices above it name every kind."""
    return page.split("Visits, meetings and times away")[1]


def visited(placement: Any, status: str) -> ReturnVisit:
    return ReturnVisit.objects.create(
        placement=placement,
        status=status,
        term="Autumn 2026",
        opens_on="2026-09-01",
        due_on="2026-12-18",
        visit_on=date(2026, 11, 12),
    )
