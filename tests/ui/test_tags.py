"""Template tags, statuses, charts and the service navigation."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import resolve

from astcoord.core.roles import Role
from astcoord.ui import charts, navigation, status
from tests.cast import Cast


def render(source: str, **context: Any) -> str:
    return Template("{% load govuk %}" + source).render(Context(context)).strip()


def test_component_takes_keywords_or_a_dict_even_called_name() -> None:
    assert 'name="save"' in render('{% component "button" text="Save" name="save" %}')
    assert "Save" in render('{% component "button" params %}', params={"text": "Save"})


def test_summary_list_rows() -> None:
    rows = [
        ("School", "Oak <b>", "/x/"),
        ("Days", Decimal("2.5")),
        ("Aims", ""),
        ("Met", True),
        ("On", date(2027, 5, 3)),
    ]
    html = render("{% summary_list rows %}", rows=rows)
    assert "Oak &lt;b&gt;" in html
    assert 'Change<span class="govuk-visually-hidden"> school</span>' in html
    for words in ("2.5", "Not given", "Yes", "3 May 2027"):
        assert words in html


def test_task_list_states() -> None:
    items = [("First", "/1/", "Completed"), ("Second", "/2/", "Cannot start yet"), ("Third", "/3/", "red:Overdue")]
    html = render("{% task_list items %}", items=items)
    assert 'href="/1/"' in html
    assert 'href="/2/"' not in html
    assert "govuk-tag--red" in html


def test_wrap_leaves_nothing_when_empty() -> None:
    assert render('{% wrap "h1" "big" %} {% if x %}Hello{% endif %} {% endwrap %}') == ""
    assert render('{% wrap "h1" "big" %}{{ x }}{% endwrap %}', x="<i>") == '<h1 class="big">&lt;i&gt;</h1>'


def test_dates_and_days_in_words() -> None:
    assert "3 May 2027" in render("{{ d|day }}", d=date(2027, 5, 3))
    assert "2:15pm" in render("{{ d|moment }}", d=datetime(2027, 5, 3, 13, 15, tzinfo=UTC))
    assert render("{{ d|day }}", d=None) == ""
    words = [render("{{ n|days }}", n=n) for n in (Decimal("1.00"), Decimal("2.50"), 0, Decimal("-1.25"), None)]
    assert words == ["1 day", "2.5 days", "0 days", "-1.25 days", ""]


def test_page_links_keep_the_query() -> None:
    request = RequestFactory().get("/?q=a+b&page=2")
    page = Paginator(range(100), 10).page(2)
    html = render("{% page_links page %}", page=page, request=request)
    assert "?q=a+b&amp;page=3" in html
    assert 'aria-current="page"' in html
    assert render("{% page_links page %}", page=Paginator([1], 10).page(1), request=request) == ""


@pytest.mark.parametrize(
    ("word", "colour"),
    [
        ("draft", "grey"),
        ("submitted", "blue"),
        ("waiting_for_home_head", "yellow"),
        ("completed", "green"),
        ("declined", "red"),
        ("not_started", "grey"),
        ("zzz", "grey"),
    ],
)
def test_one_colour_per_meaning(word: str, colour: str) -> None:
    assert status.colour_of_word(word) == colour


def test_a_status_tag_says_whose_turn_it_is() -> None:
    class Thing:
        STATUS_COLOURS = {"odd": "purple"}
        status = "odd"
        status_words = "Waiting for the home head"

    assert "govuk-tag--purple" in render("{% status_tag thing %}", thing=Thing())
    assert "Waiting for the home head" in render("{% status_tag thing %}", thing=Thing())


def test_timeline_takes_dicts_and_objects() -> None:
    happened = SimpleNamespace(title="Signed", when=None, by="the host head", changes=[("Days", None, 6)])
    html = render("{% timeline events %}", events=[{"title": "Sent", "text": "<x>"}, happened])
    assert "&lt;x&gt;" in html
    assert "Days: 6" in html
    assert "Nothing has happened yet" in render("{% timeline events %}", events=[])


def test_strip_sums_and_draws_within_its_frame() -> None:
    blocks = [charts.Block("Autumn 1", Decimal("1.5"), Decimal("6.5")), charts.Block("Autumn 2", 0, 0, current=True)]
    strip = charts.Strip("A year", Decimal(7), blocks)
    assert (strip.planned, strip.delivered, strip.left) == (Decimal("1.5"), Decimal("6.5"), Decimal(-1))
    assert all(r.y >= 0 and r.y + r.height <= charts.STRIP_BASE for r in charts.draw_strip(strip).rects)
    html = render("{% strip_chart strip %}", strip=strip)
    assert "-1 days" in html
    assert "<table" in html
    assert "style=" not in html


def test_changes_say_the_difference_with_a_real_minus() -> None:
    rows = [("Maths", Decimal("59.0"), Decimal("68.1")), ("English", 74.7, 71.7), ("None", None, 4)]
    assert [row.words for row in charts.draw_changes("x", rows).rows] == ["+9.1", "−3.0", "–"]


def test_a_map_leaves_unknown_places_out_of_the_picture_and_keeps_them_in_the_table() -> None:
    points = [charts.Point("Known", 1000, 2000), charts.Point("North", 1000, 9000), charts.Point("Unknown", None, None)]
    drawn = charts.draw_map("Where", points)
    assert [dot.label for dot in drawn.dots] == ["Known", "North"]
    assert drawn.dots[0].y > drawn.dots[1].y  # north is up
    assert "place not known" in render('{% map_chart "Where" points %}', points=points)
    assert charts.draw_map("Nowhere", points[2:]).dots == []


@pytest.mark.django_db
def test_navigation_shows_each_role_its_own_pages(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve("/")  # registers put themselves into the menu when the addresses are read: not into the one that goes away
    monkeypatch.setattr(navigation, "_entries", set())
    navigation.register(Role.COORDINATOR, "Design", "design", order=20)
    navigation.register(Role.GOVERNOR, "Privacy", "privacy", order=10)
    navigation.register(Role.COORDINATOR, "Nowhere", "no-such-name", order=1)
    request = RequestFactory().get("/design/")
    request.user = cast.coordinator
    items = navigation.items_for(request)
    assert [item["text"] for item in items] == ["Home", "Design", "Security"]
    assert [item["text"] for item in items if item["current"]] == ["Design"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["signup/", "password/reset/", "password/change/", "email/", "reauthenticate/"])
def test_password_and_sign_up_pages_are_out_of_reach(client: Client, path: str) -> None:
    response = client.get(f"/accounts/{path}?next=/design/")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/code/?next=%2Fdesign%2F"


@pytest.mark.django_db
def test_the_gallery_is_for_people_with_an_account(client: Client, cast: Cast) -> None:
    assert client.get("/design/").status_code == 302
    client.force_login(cast.ast)
    assert client.get("/design/").status_code == 200


@pytest.mark.django_db
def test_error_pages_are_ours(client: Client, cast: Cast) -> None:
    client.force_login(cast.ast)
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert b"Page not found" in response.content
    assert b"Marlshire County Council" in response.content
