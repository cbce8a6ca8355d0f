"""Inviting heads, in a real browser: ticked with the mouse, filtered without a new page, readable for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from astcoord.core.roles import Role
from schools.register.models import School
from staff.accounts.models import RoleAssignment
from tests.browser import browser_session
from tests.factories import SchoolFactory, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_r_17_5_heads_are_ticked_and_invited(page: Any, live_server: Any, axe: Callable[..., Any]) -> None:
    office = person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR)
    chosen = SchoolFactory(name="Reedbank School", email="head@a.example")
    SchoolFactory(name="Yarrow School", email="office@b.example", phase="secondary")
    SchoolFactory(name="Withy Lane School", email="")
    browser_session(page, live_server, office)
    page.goto(live_server.url + reverse("staff:heads_uninvited"))
    axe()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Secondary").check()
    page.get_by_label("All 1 school").check()
    page.get_by_role("button", name="Invite them").click()
    expect(page.get_by_text("1 address that looks shared")).to_be_visible()
    axe()
    page.goto(live_server.url + reverse("staff:heads_uninvited"))
    page.get_by_label("Tick Reedbank School").check()
    page.get_by_role("button", name="Invite them").click()
    expect(page.get_by_text("1 headteacher can be invited")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("1 headteacher is invited")).to_be_visible()
    assert RoleAssignment.objects.filter(school=chosen, role=Role.HEADTEACHER).count() == 1
    School.objects.filter(pk=chosen.pk).update(email="other@a.example", email_is_own=True)
    page.reload()
    expect(page.get_by_role("heading", name="Addresses to decide on")).to_be_visible()
    axe()
    page.get_by_label("All 1 headteacher").check()
    page.get_by_role("button", name="Remind them").click()
    expect(page.get_by_text("The invitation is still on its way")).to_be_visible()
    axe()
