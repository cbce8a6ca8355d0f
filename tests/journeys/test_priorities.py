"""The office keeps the authority's priorities, links a placement to one, and sees where the days go (R-14.1)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from placements.priorities.models import Priority
from tests.browser import browser_session
from tests.cast import Cast
from tests.placements import active

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_list_to_the_days(page: Page, live_server: Any, cast: Cast, axe: Callable[[], None]) -> None:
    placement = cast.placement()
    active.elsewhere(cast, no_priority_reason="The inspectors asked for it.")
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/more/")
    page.get_by_role("link", name="Priorities").click()
    axe()
    page.get_by_role("button", name="Add a priority").click()
    page.get_by_role("button", name="Save the priority").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe()
    page.get_by_label("Education development plan").check()
    page.get_by_label("Priority", exact=True).fill("Raise standards in mathematics")
    page.get_by_role("button", name="Save the priority").click()
    expect(page.get_by_text("“Raise standards in mathematics” is saved.")).to_be_visible()
    page.get_by_role("link", name="Raise standards in mathematics").click()
    axe()

    page.goto(f"{live_server.url}/placements/{placement.pk}/")
    page.get_by_role("link", name="Change the priorities").click()
    axe()
    page.get_by_label("Raise standards in mathematics").check()
    page.get_by_role("button", name="Save the priorities").click()
    expect(page.get_by_text("The priorities are saved.")).to_be_visible()
    assert list(placement.priorities.all()) == [Priority.objects.get()]
    axe()

    page.goto(f"{live_server.url}/deployment/")
    for words in page.get_by_role("main").locator("summary").all():
        words.click()
    expect(page.get_by_text("The inspectors asked for it.")).to_be_visible()
    axe()
