"""The ASTs as a duty board (R-20.4)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from evaluation.reviews.models import ImpactReview
from placements.days.actions import days
from schools.calendar.models import Term
from schools.register.models import Cluster, School
from staff.posts.actions import absence
from tests.cast import Cast
from tests.factories import PostFactory
from tests.placements.active import active, elsewhere
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
SESSION = 5
URL = "evaluation:board"


def board(cast: Cast, **chosen: Any) -> str:
    return text(signed_in(cast.coordinator).get(reverse(URL), chosen))


def row(cast: Cast) -> dict[str, str]:
    """Wren's line of the file, by column."""
    response = signed_in(cast.coordinator).get(reverse(URL), {"export": "csv"})
    lines = b"".join(response.streaming_content).decode().lstrip("\ufeff").splitlines()
    wren = next(line for line in lines if line.startswith("Wren"))
    return dict(zip(lines[0].split(","), wren.split(","), strict=True))


def test_r_20_4_a_line_says_how_many_days_are_left_and_where_the_ast_is_next_tuesday(cast: Cast, clock: Any) -> None:
    placement = active(cast)
    days.plan_series(placement=placement, dates=[date(2026, 11, 3), date(2026, 11, 10)], days=1, by=cast.ast)
    ImpactReview.objects.create(
        placement=placement, term=Term.objects.get(slug="autumn-2026"), due_on=date(2026, 11, 1)
    )
    clock.move_to("2026-11-05 09:00:00Z")
    line = row(cast)
    assert {name: Decimal(line[name]) for name in ("Budget", "Promised", "Contracted", "Done", "Free")} == {
        "Budget": 38,
        "Promised": 0,
        "Contracted": 6,
        "Done": 0,
        "Free": 32,
    }
    assert line["This week"] == "Tue: Fernleigh Primary School"
    assert line["Next week"] == "Tue: Fernleigh Primary School"
    assert (line["Placements"], line["Diary late"], line["Reviews late"]) == ("1", "1", "1")
    page = board(cast)
    assert "1 day not written up, 1 review late" in page
    assert "Together: 38 days" in page
    assert "32 free" in page


def test_r_20_4_the_numbers_lead_to_the_rows_that_they_count(cast: Cast, clock: Any) -> None:
    placement = active(cast)
    days.plan_day(placement=placement, on=date(2026, 11, 3), days=1, by=cast.ast)
    clock.move_to("2026-11-05 09:00:00Z")
    client = signed_in(cast.coordinator)
    page = client.get(reverse(URL)).content.decode()
    link = f"{reverse('placements:day_list')}?name=Wren+Castellow&amp;not_logged=on"
    assert link in page
    assert "1 outreach day" in text(client.get(link.replace("&amp;", "&")))


def test_r_20_4_who_is_away_stands_on_the_board_without_the_reason(cast: Cast) -> None:
    absence.record(
        post=cast.post, kind="illness", starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 16), by=cast.coordinator
    )
    page = board(cast)
    assert "Until 16 October 2026" in page
    assert "llness" not in page


def test_r_20_4_by_subject_phase_and_cluster(cast: Cast) -> None:
    cluster = Cluster.objects.create(name="Marlbridge", slug="marlbridge")
    School.objects.filter(pk=cast.home.pk).update(cluster=cluster)
    assert "Wren Castellow" in board(cast, subject="mathematics", phase="secondary", cluster=cluster.pk)
    for chosen in ({"subject": "art"}, {"phase": "primary"}, {"name": "Xanthe"}):
        assert "There are no ASTs here" in board(cast, **chosen)


def test_r_20_4_only_the_office_opens_the_board(cast: Cast) -> None:
    for person in (cast.officer, cast.consultant, cast.home_head, cast.ast, cast.chair):
        assert signed_in(person).get(reverse(URL)).status_code == 403
    assert signed_in(cast.administrator).get(reverse(URL)).status_code == 200


def test_r_20_4_the_board_of_sixty_one_is_one_page_and_asks_no_more_than_that_of_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    active(cast)
    client = signed_in(cast.coordinator)
    with django_assert_max_num_queries(9 + SESSION) as one:
        client.get(reverse(URL))
    for _ in range(60):
        placement = elsewhere(replace(cast, post=PostFactory(home=cast.home)))
        placement.outreach_days.create(on=date(2026, 10, 8), days=1)
    with django_assert_max_num_queries(len(one.captured_queries)):
        page = client.get(reverse(URL))
    assert "61 ASTs" in text(page)
    assert page.content.decode().count("Thu: ") == 60


@pytest.mark.parametrize("sort", ["remaining", "-remaining", "weekday", "name", "away", "late_days", "nonsense"])
def test_r_20_4_every_column_sorts(cast: Cast, sort: str) -> None:
    PostFactory(home=cast.home)
    assert "2 ASTs" in board(cast, sort=sort)


def test_r_20_4_the_ast_s_page_has_every_placement_and_day_to_come(cast: Cast) -> None:
    placement = active(cast)
    days.plan_series(placement=placement, dates=[date(2026, 11, 3), date(2026, 11, 10)], days=1, by=cast.ast)
    url = reverse("staff:post", args=[cast.post.pk])
    for person in (cast.coordinator, cast.home_head, cast.ast):
        page = text(signed_in(person).get(url))
        assert f"{placement.reference}: Active Fernleigh Primary School" in page
        assert "November 2026 Tuesday 3: Fernleigh Primary School, planned" in page
