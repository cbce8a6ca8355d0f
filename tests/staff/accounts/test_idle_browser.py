"""The warning before a session ends for want of use, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from astcoord.core.roles import Role
from tests.browser import browser_session
from tests.factories import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_people_are_warned_before_the_end_and_can_stay(
    page: Any, live_server: Any, clock: Any, axe: Callable[..., Any]
) -> None:
    office = person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR)
    page.clock.install()
    browser_session(page, live_server, office)
    page.goto(live_server.url + reverse("staff:people"))
    page.clock.fast_forward("27:59")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    page.clock.fast_forward("00:02")
    expect(page.get_by_role("dialog", name="You are about to be signed out")).to_be_visible()
    axe()
    clock.shift(timedelta(minutes=28))
    with page.expect_response(lambda answer: answer.url.endswith(reverse("staff:stay"))):
        page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("dialog")).not_to_be_visible()
    clock.shift(timedelta(minutes=28))
    assert page.goto(live_server.url + reverse("staff:people")).url.endswith("/people/"), "the session went on"
    page.clock.fast_forward("28:01")
    clock.shift(timedelta(minutes=31))
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
    axe()
    page.get_by_role("button", name="Go back to the page").click()
    expect(page.get_by_role("dialog")).not_to_be_visible()
