"""Tables, filters, chips, pages and files."""

from decimal import Decimal
from typing import Any

import django_filters
import django_tables2 as tables
import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import format_html

from astcoord.core.roles import Role
from astcoord.core.spreadsheet_cells import words_of
from astcoord.ui.bulk import BulkAction
from astcoord.ui.export import csv_lines, safe
from astcoord.ui.filters import DateFilter, FilterSet
from astcoord.ui.lists import FilteredList
from astcoord.ui.tables import LARGEST_PAGE, PAGE_SIZE, NumberColumn, Table
from schools.register.models import School
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db


class SchoolTable(Table):
    noun = "school"
    empty_text = "No schools yet."
    name = tables.Column()
    urn = NumberColumn(verbose_name="URN")

    class Meta:
        order_by = "name"


class SchoolFilter(FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains", label="Name")
    phase = django_filters.MultipleChoiceFilter(
        choices=[("primary", "Primary"), ("secondary", "Secondary")], widget=forms.CheckboxSelectMultiple, label="Phase"
    )
    opened = DateFilter(field_name="opened_on", lookup_expr="gte", label="Opened after")
    unplaced = django_filters.BooleanFilter(
        field_name="easting", lookup_expr="isnull", label="Place not known", widget=forms.CheckboxInput
    )


class Schools(FilteredList):
    table_class = SchoolTable
    filterset_class = SchoolFilter
    title = "Schools"
    csv_name = "schools"

    def get_queryset(self) -> Any:
        return School.objects.all()


def get(query: str = "", *, htmx: bool = False) -> HttpResponse:
    request = RequestFactory().get(f"/list/?{query}")
    request.user = AnonymousUser()
    request.htmx = type("Htmx", (), {"boosted": False, "__bool__": lambda self: htmx})()  # type: ignore[attr-defined]
    response: Any = Schools.as_view()(request)
    return response if response.streaming else response.render()


def text(response: Any) -> str:
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def test_a_sorted_column_says_so() -> None:
    SchoolFactory.create_batch(2)
    html = text(get("sort=-urn"))
    assert html.count("aria-sort=") == 1
    assert 'aria-sort="descending"' in html
    assert "sorted by URN, highest first" in html
    assert "sort=urn" in html  # the link turns the order round


def test_count_line_and_empty_state() -> None:
    assert "No schools yet." in text(get())
    SchoolFactory()
    assert "<strong>1 school</strong>" in text(get())


@pytest.mark.parametrize(("asked", "given"), [("", PAGE_SIZE), ("100000", LARGEST_PAGE), ("0", PAGE_SIZE), ("-5", 1)])
def test_the_page_size_has_a_cap(asked: str, given: int) -> None:
    SchoolFactory.create_batch(LARGEST_PAGE + 2)
    assert text(get(f"per_page={asked}")).count('<th scope="row"') == given


def test_pages_keep_the_filters_and_a_page_too_far_is_the_last() -> None:
    SchoolFactory.create_batch(PAGE_SIZE + 1, phase="primary")
    html = text(get("phase=primary&page=99"))
    assert html.count('<th scope="row"') == 1
    assert "?phase=primary&amp;page=1" in html


def test_chips_remove_one_value_each() -> None:
    query = QueryDict("name=oak&phase=primary&phase=secondary&opened_day=1&opened_month=9&opened_year=2020&page=3")
    chips = SchoolFilter(query, School.objects.all()).chips
    assert [(chip.label, chip.value, chip.remove_url) for chip in chips] == [
        ("Name", "oak", "?phase=primary&phase=secondary&opened_day=1&opened_month=9&opened_year=2020"),
        ("Phase", "Primary", "?name=oak&phase=secondary&opened_day=1&opened_month=9&opened_year=2020"),
        ("Phase", "Secondary", "?name=oak&phase=primary&opened_day=1&opened_month=9&opened_year=2020"),
        ("Opened after", "1 September 2020", "?name=oak&phase=primary&phase=secondary"),
    ]


def test_a_ticked_box_speaks_by_its_label_and_an_empty_one_says_nothing() -> None:
    SchoolFactory(easting=None, northing=None)
    chips = SchoolFilter(
        QueryDict("unplaced=on&opened_day=1&opened_month=9&opened_year=2020"), School.objects.all()
    ).chips
    assert [chip.text for chip in chips] == ["Opened after: 1 September 2020", "Place not known"]
    empty = SchoolFilter(QueryDict("name="), School.objects.all())
    assert empty.chips == []
    assert empty.qs.count() == 1


def test_a_wrong_filter_is_an_error_and_the_others_still_filter() -> None:
    SchoolFactory(name="Oak School")
    SchoolFactory(name="Elm School")
    html = text(get("name=oak&phase=xx"))
    assert "Error: Schools" in html
    assert "Oak School" in html
    assert "Elm School" not in html


def test_htmx_gets_only_the_results() -> None:
    SchoolFactory(name="Oak School")
    response = get(htmx=True)
    html = text(response)
    assert "<html" not in html
    assert "Oak School" in html
    assert 'id="results-status" hx-swap-oob' in html
    assert "HX-Request" in response["Vary"]
    assert "hx-swap-oob" not in text(get())


def test_r_14_7_the_file_holds_exactly_the_filtered_rows() -> None:
    SchoolFactory.create_batch(PAGE_SIZE + 5, phase="primary")
    SchoolFactory(name="=Secondary", phase="secondary")
    lines, told = text(get("phase=secondary&export=csv")).strip("\ufeff").split("\r\n\r\n")
    header, row = lines.splitlines()
    assert header == "Name,URN"
    assert row.startswith("'=Secondary,")
    assert told.splitlines() == [
        "# Schools: 1 school",
        "# Chosen by Phase: Secondary",
        '"# 6 October 2026, 10:00am"',
    ]
    every, _ = text(get("phase=primary&export=csv")).split("\r\n\r\n")
    assert len(every.splitlines()) == PAGE_SIZE + 6


def test_a_list_asks_the_same_number_of_questions_at_1_and_30_rows(django_assert_num_queries: Any) -> None:
    SchoolFactory()
    get()  # the policy and the templates are fetched once
    with django_assert_num_queries(3) as few:
        get()
    SchoolFactory.create_batch(30)
    with django_assert_num_queries(len(few.captured_queries)):
        get()


@pytest.mark.parametrize("value", ["=1+1", "+44", "-x", "@a", "\tx"])
def test_formulas_are_defused(value: str) -> None:
    expected = value if value == "+44" else f"'{value}"
    assert safe(value) == expected


def test_numbers_stay_numbers() -> None:
    assert "".join(csv_lines(["a"], [[Decimal("-1.5")], ["-2"], [None]])).split() == ["\ufeffa", "-1.5", "-2", '""']


def test_a_column_without_a_heading_has_no_label_on_a_telephone() -> None:
    class Acting(SchoolTable):
        act = tables.Column(verbose_name="", accessor="urn")

    SchoolFactory(name="Alder School")
    said = render_to_string("ui/table.html", {"table": Acting(School.objects.all())}, RequestFactory().get("/"))
    assert 'data-label="URN"' in said
    assert 'data-label=""' not in said


def test_r_20_10_26_rows_are_printed_as_26_with_the_filters_words() -> None:
    SchoolFactory.create_batch(PAGE_SIZE + 1, phase="primary")
    SchoolFactory(phase="secondary")
    page = text(get("phase=primary"))
    assert page.count('<th scope="row"') == PAGE_SIZE
    assert "1 to 25 of 26 schools" in page
    assert "These are not all: 1 to 25 of 26 schools" in page
    assert 'href="?phase=primary&amp;print=all"' in page
    printed = text(get("phase=primary&page=2&print=all"))
    assert printed.count('<th scope="row"') == PAGE_SIZE + 1
    assert "Chosen by Phase: Primary" in printed
    assert "6 October 2026, 10:00am" in printed
    assert "These are not all" not in printed
    assert 'type="checkbox"' not in printed


def test_r_20_10_a_page_holds_25_50_100_or_all_and_says_where_all_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    SchoolFactory.create_batch(60)
    page = text(get("name=Thistledown"))
    for size in ("50", "all"):
        assert f"?name=Thistledown&amp;per_page={size}" in page
    assert "per_page=100" not in page  # there are no more than 60
    assert text(get("per_page=50")).count('<th scope="row"') == 50
    assert text(get("per_page=all")).count('<th scope="row"') == 60
    assert '<input type="hidden" name="per_page" value="50">' in text(get("per_page=50"))
    monkeypatch.setattr("astcoord.ui.lists.MOST_AT_ONCE", 40)
    assert "1 to 40 of 60 schools" in text(get("per_page=all"))
    printed = text(get("print=all"))
    assert "These are not all: 1 to 40 of 60 schools" in printed


def test_r_20_10_no_cell_of_a_file_holds_markup_whatever_a_column_draws() -> None:
    cell = format_html("<p>{}</p><ul><li>one<br>two</li></ul>", "a < b & c")
    assert words_of(cell) == "a < b & c; one; two"
    assert "".join(csv_lines(["a"], [[cell], ["<typed>"]])).split("\r\n")[1:3] == ["a < b & c; one; two", "<typed>"]
    assert safe(format_html("<b>{}</b>", "=1+1")) == "'=1+1"


def test_r_20_10_only_lists_with_something_to_do_have_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    school = SchoolFactory(name="Oak School")
    assert 'type="checkbox" name="row"' not in text(get())
    monkeypatch.setattr(AnonymousUser, "has_role", lambda self, *roles: True, raising=False)
    monkeypatch.setattr(Schools, "bulk", (BulkAction("Write", "more", frozenset({Role.COORDINATOR})),))
    page = text(get("name=oak&per_page=50"))
    assert f'<input type="checkbox" name="row" value="{school.pk}" aria-label="Tick Oak School">' in page
    assert '<input type="hidden" name="name" value="oak">' in page
    assert 'formaction="/more/"' in page
