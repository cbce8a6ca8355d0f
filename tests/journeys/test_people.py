"""An AST comes into the scheme, and the people around the post do their parts, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser import browser_session
from tests.cast import Cast, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def fill_date(page: Page, legend: str, day: int, month: int, year: int) -> None:
    group = page.get_by_role("group", name=legend)
    for part, number in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(part).fill(str(number))


def test_an_ast_is_added_and_shown_to_heads(cast: Cast, page: Page, live_server: Any, axe: Callable[[], None]) -> None:
    browser_session(page, live_server, cast.coordinator)
    page.goto(live_server.url + reverse("staff:posts"))
    axe()
    page.get_by_role("button", name="Add an AST in post").click()
    axe()
    page.get_by_label("Name", exact=True).fill("Linnet Harrowgate")
    page.get_by_label("E-mail address").fill("linnet@marlshire.example")
    page.get_by_label("Home school").fill("Stonecross")
    page.get_by_role("option", name="Stonecross Primary School").click()
    fill_date(page, "Date of the governors’ decision", 14, 3, 2024)
    page.get_by_label("Minute").fill("2024/17")
    page.get_by_label("What is the AST responsible for?").fill("Music in every key stage.")
    fill_date(page, "Date of the pass", 2, 5, 2024)
    page.get_by_label("Assessed by").fill("National assessment agency")
    fill_date(page, "In post from", 1, 9, 2024)
    page.get_by_role("button", name="Add this AST").click()
    expect(page.get_by_text("Linnet Harrowgate is recorded as in post.")).to_be_visible()
    axe()
    page.get_by_role("link", name="Fill in what the AST offers").click()
    page.get_by_label("Music", exact=True).check()
    page.get_by_role("group", name="How strong in Music?").get_by_label("Leads others in it").check()
    page.get_by_label("Key stage 2").check()
    page.get_by_label("Support and advise on professional development").check()
    page.get_by_role("button", name="Save profile").click()
    expect(page.get_by_text("The profile is saved, and counts as checked today.")).to_be_visible()
    axe()
    page.get_by_role("link", name="See the year’s days: budget, contracted, used and left").click()
    expect(page.get_by_text("38 days").first).to_be_visible()
    axe()

    browser_session(page, live_server, cast.host_head)
    page.goto(live_server.url + reverse("staff:expertise") + "?subject=music")
    expect(page.locator(".app-count")).to_contain_text("1 AST")
    assert "Linnet" not in page.content()
    axe()


OF_A_POST = ("post", "profile", "pattern", "induction", "funding")


@pytest.mark.parametrize(
    "name", [*OF_A_POST, "people", "person_add", "policy", "policy_change", "policy_preset", "person"]
)
def test_the_offices_pages_are_accessible(
    cast: Cast, page: Page, live_server: Any, axe: Callable[[], None], name: str
) -> None:
    about = {"person": [cast.host_head.pk], **{key: [cast.post.pk] for key in OF_A_POST}}
    browser_session(page, live_server, cast.coordinator)
    page.goto(live_server.url + reverse(f"staff:{name}", args=about.get(name, [])))
    axe()
