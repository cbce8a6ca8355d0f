"""ASTs in numbers: the cross-tables, their files and their paper (R-3.6, R-14.7, R-15.15)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.models.history import AuditEvent
from staff.accounts.models import User
from staff.figures import rules
from staff.figures.documents import facts_of
from staff.figures.reads import asts
from staff.figures.reads.sheets import Table
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
NOW = date(2026, 10, 6)
URL = reverse("staff:ast_figures")


def ten(cast: Cast) -> None:
    """Six of primary schools and, with the cast's own, four of secondary schools."""
    for number in range(6):
        PostFactory(home=SchoolFactory(phase="primary"), starts_on=date(2026 - number, 9, 1), years_teaching=5 * number)
    for _ in range(3):
        PostFactory(subjects=("music",))


def table(user: User, **chosen: Any) -> Table:
    return asts.sheet(user, asts.Chosen(**chosen), NOW).tables[0]


def test_r_3_6_given_10_asts_in_two_phases_when_tabulated_then_row_totals_equal_10(cast: Cast) -> None:
    ten(cast)
    found = table(cast.coordinator, rows="phase", columns="service")
    assert found.header == ("Phase", "Under 1 year", "1 or 2 years", "3 to 5 years", "All")
    assert found.rows == (("Primary", 1, 2, 3, 6), ("Secondary", 0, 4, 0, 4))
    assert found.total == ("All", 1, 6, 3, 10)
    said = text(signed_in(cast.coordinator).get(URL))
    assert "Primary 1 2 3 6" in said
    assert "All 1 6 3 10" in said


@pytest.mark.parametrize("columns", ["", *asts.DIMENSIONS])
@pytest.mark.parametrize("rows", asts.DIMENSIONS)
def test_r_3_6_every_table_adds_up_to_the_same_asts(cast: Cast, rows: str, columns: str) -> None:
    ten(cast)
    found = table(cast.coordinator, rows=rows, columns=columns if columns != rows else "")
    numbers = [[int(cell) for cell in line[1:]] for line in found.lines]
    assert numbers[-1][-1] == 10
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    if len(numbers[0]) > 1:
        assert all(sum(line[:-1]) == line[-1] for line in numbers)


def test_r_3_6_a_third_dimension_gives_a_table_for_each(cast: Cast) -> None:
    ten(cast)
    PostFactory(status="left", starts_on=date(2020, 9, 1), ends_on=date(2024, 7, 19), left_to="head")
    sheet = asts.sheet(cast.coordinator, asts.Chosen(rows="phase", columns="service", split="status"), NOW)
    assert [t.title for t in sheet.tables] == [
        "In post: by phase and years as an AST",
        "Left: by phase and years as an AST",
    ]
    assert sheet.tables[1].rows == (("Secondary", 1, 1),), "to the end of the post: three whole years"
    assert sheet.tables[1].header[1] == "3 to 5 years"


def test_r_3_6_filters_narrow_every_table_and_stay_in_the_file(cast: Cast) -> None:
    ten(cast)
    client = signed_in(cast.coordinator)
    query = {"rows": "subject", "only_phase": "secondary", "only_status": "in_post"}
    said = text(client.get(URL, query))
    assert "Phase: Secondary; Status: In post" in said
    assert "Assessment for learning 1" in said
    assert "Music 3" in said
    lines = b"".join(client.get(URL, {**query, "export": "csv"})).decode("utf-8-sig").splitlines()
    assert lines == ["Main subject,ASTs", "Music,3", "Assessment for learning,1", "All,4"]
    event = AuditEvent.objects.get(verb__startswith="Exported")
    assert event.after["filters"] == {"Phase": "Secondary", "Status": "In post"}


@pytest.mark.parametrize(
    "query",
    [
        {"rows": "shoe-size"},
        {"rows": "phase", "columns": "phase", "split": "phase"},
        {"only_phase": "x" * 300},
        {"only_status": ["in_post", "left"]},
        {"export": "nothing"},
        {"export": "table-9"},
    ],
)
def test_what_makes_no_sense_in_the_address_narrows_nothing(cast: Cast, query: dict[str, Any]) -> None:
    response = signed_in(cast.coordinator).get(URL, query)
    assert "ASTs in numbers" in text(response)


def test_r_15_15_the_paper_has_the_totals_of_the_screen(cast: Cast) -> None:
    ten(cast)
    sheet = asts.sheet(cast.coordinator, asts.Chosen(rows="phase", columns="service"), NOW)
    facts = facts_of(sheet)
    (printed,) = facts["tables"]
    assert (printed["header"], printed["rows"], printed["total"]) == (
        sheet.tables[0].header,
        sheet.tables[0].rows,
        sheet.tables[0].total,
    )
    assert facts["letterhead"]["authority"] == "Marlshire County Council"
    response = signed_in(cast.coordinator).get(URL, {"export": "pdf"})
    assert response["Content-Type"] == "application/pdf"
    assert "asts-in-numbers-6-october-2026.pdf" in response["Content-Disposition"]
    assert AuditEvent.objects.filter(verb="Exported: ast-figures").count() == 1


def test_g_officers_read_sums_without_small_groups_and_cannot_work_them_out(cast: Cast) -> None:
    ten(cast)
    found = table(cast.officer, rows="phase", columns="service")
    assert found.rows == (
        ("Primary", "not shown", "fewer than 3", 3, 6),
        ("Secondary", "not shown", 4, 0, 4),
    )
    assert found.total == ("All", "fewer than 3", "not shown", 3, 10)
    assert "fewer than 3" in text(signed_in(cast.officer).get(URL))


def test_g_a_consultant_counts_the_own_group_and_an_administrator_no_candidates(cast: Cast) -> None:
    ten(cast)
    PostFactory(status="candidate", passed_on=None, starts_on=None)
    assert table(cast.coordinator).total == ("All", 11)
    assert table(cast.administrator).total == ("All", 10)
    assert table(cast.consultant).total == ("All", 8), "mathematics, with its candidate"
    for person in (cast.home_head, cast.ast, cast.chair):
        assert signed_in(person).get(URL).status_code == 403


def test_r_3_5_years_as_an_ast_count_from_the_first_post_of_all(cast: Cast) -> None:
    Post.objects.filter(pk=cast.post.pk).update(first_post=False)
    PostFactory(
        user=cast.ast, status="left", starts_on=date(2019, 9, 1), ends_on=date(2025, 7, 18), left_to="elsewhere"
    )
    shown = Post.objects.with_first_start().get(pk=cast.post.pk)
    assert shown.years_as_ast(NOW) == 7
    assert "Years as an AST 7" in text(signed_in(cast.coordinator).get(reverse("staff:post", args=[cast.post.pk])))


def test_no_ast_is_said_in_words(cast: Cast) -> None:
    assert "No AST is of this kind." in text(signed_in(cast.coordinator).get(URL, {"only_subject": "pe"}))


def test_the_page_costs_the_same_at_one_and_at_thirty(cast: Cast) -> None:
    client = signed_in(cast.coordinator)

    def queries() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as found:
            assert client.get(URL).status_code == 200
        return len(found)

    one = queries()
    for _ in range(29):
        PostFactory()
    assert queries() == one <= 12


@pytest.mark.parametrize(
    ("grid", "sums", "kept"),
    [
        ([[3, 4], [3, 4]], (), set()),
        ([[0, 5], [0, 5]], (), set()),
        ([[2], [7], [9], [18]], (), {(0, 0), (1, 0)}),
        ([[1], [2], [9], [12]], (), {(0, 0), (1, 0)}),
        ([[2], [2], [9], [13]], (), {(0, 0), (1, 0), (2, 0)}),
        ([[1], [3], [9], [13]], (), {(0, 0), (2, 0)}),
        ([[2], [2], [0], [4]], (), {(0, 0), (1, 0), (3, 0)}),
        ([[1, 1, 2], [5, 0, 5], [6, 1, 7]], ((2, 0, 1),), {(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 0)}),
        ([[1, 4, 5], [6, 8, 14], [7, 12, 19]], ((2, 0, 1),), {(0, 0), (0, 1), (1, 0), (1, 1)}),
        ([[2], [2]], (), {(0, 0), (1, 0)}),
        ([], (), set()),
    ],
)
def test_g_what_would_give_a_small_group_away_is_kept_back_too(grid: Any, sums: Any, kept: set[Any]) -> None:
    assert set(rules.hidden(grid, totalled=True, sums=sums)) == kept


@pytest.mark.paper
def test_the_paper_is_printed_for_real(cast: Cast) -> None:
    ten(cast)
    sheet = asts.sheet(cast.coordinator, asts.Chosen(rows="phase", columns="service", split="status"), NOW)
    assert documents.preview("figures", title="ASTs", facts=facts_of(sheet), on=timezone.now())[:4] == b"%PDF"
