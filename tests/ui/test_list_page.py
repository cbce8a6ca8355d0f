"""A list in a real browser: filters are folded until somebody opens them, and quicker with scripts than without."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import browser_session
from tests.cast import Cast
from tests.factories import SchoolFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def schools(cast: Cast) -> None:
    SchoolFactory.create_batch(30, phase="special")


def test_filtering_does_not_reload_the_page(
    page: Page, live_server: Any, cast: Cast, schools: None, axe: Callable[[], None]
) -> None:
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/schools/")
    expect(page.locator(".app-count")).to_contain_text("33 schools")
    axe()
    page.evaluate("window.marker = 1")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Secondary").check()
    expect(page.locator(".app-count")).to_contain_text("1 school")
    expect(page.get_by_role("status").filter(has_text="1 school")).to_be_attached()
    assert page.evaluate("window.marker") == 1
    assert "phase=secondary" in page.url
    axe()
    page.get_by_role("link", name="Remove filter: Phase: Secondary").click()
    expect(page.locator(".app-count")).to_contain_text("33 schools")
    page.get_by_role("link", name=re.compile("^School")).last.click()
    expect(page.locator("th[aria-sort]")).to_have_count(1)


def test_filters_fold_on_a_phone(
    page: Page, live_server: Any, cast: Cast, schools: None, axe: Callable[[], None]
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/schools/")
    expect(page.get_by_label("Secondary")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_label("Secondary")).to_be_visible()
    axe()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_list_works_without_scripts(browser: Browser, live_server: Any, cast: Cast, schools: None) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/schools/")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Secondary").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator(".app-count")).to_contain_text("1 school")
    context.close()
