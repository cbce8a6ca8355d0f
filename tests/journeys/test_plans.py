"""A deployment plan in a real browser: asked for, made by the worker, read, pinned, accepted (section 7)."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from placements.actions import plan_explain, plan_work
from placements.models import Match, Plan
from tests.browser import browser_session
from tests.cast import Cast, make_cast
from tests.factories import RequestFactory, SchoolFactory
from tests.placements.plan_stories import asked, colleague

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def shoot(page: Page, name: str) -> None:
    """Keep a picture at both widths where SHOTS names a folder; otherwise nothing."""
    folder = os.environ.get("SHOTS")
    if not folder:
        return
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def work() -> Plan:
    """What the worker would do meanwhile."""
    plan = Plan.objects.latest("pk")
    plan_work.work(plan.pk)
    while plan_explain.explain_some(plan.pk):
        pass
    plan.refresh_from_db()
    return plan


def test_from_a_plan_to_proposals(page: Page, live_server: Any, axe: Callable[[], None], cast: Cast) -> None:
    tight = {"wanted_until": date(2026, 12, 18)}
    colleague(cast, user__name="Hazel Merriden", home=SchoolFactory(name="Brackenfield School", phase="secondary"))
    asked(cast, host=cast.host, route="inspection", **tight)
    asked(cast, host=cast.elsewhere, **tight)
    asked(cast, **tight)
    RequestFactory(host=SchoolFactory(), subject="music", created_by=cast.host_head)

    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/plans/")
    axe()
    page.get_by_role("button", name="Make a plan").click()
    axe()
    shoot(page, "new")
    page.get_by_label("Autumn term 2026, second half").check()
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_text("The worker will begin in a moment")).to_be_visible()
    axe()
    shoot(page, "waiting")
    plan = work()
    expect(page.get_by_text("Proved: no other plan meets more need")).to_be_visible()
    page.get_by_text("Why Wren Castellow").click()
    axe()
    shoot(page, "plan")
    for name, words in (("Not met, and why", "expertise asked for"), ("Drawn", "Days by half-term")):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_text(words).first).to_be_visible()
        axe()
        shoot(page, name.split(",")[0].lower().replace(" ", "-"))
    for name in ("Compare", "How it was made"):
        page.get_by_role("link", name=name, exact=True).click()
        axe()
        shoot(page, name.lower().replace(" ", "-"))
    page.get_by_role("link", name="Who goes where").click()

    page.get_by_role("link", name="Try one more AST").click()
    axe()
    shoot(page, "what-if")
    page.goto(f"{live_server.url}/plans/{plan.pk}/")
    page.get_by_role("link", name="Choose another").first.click()
    axe()
    shoot(page, "line")
    page.goto(f"{live_server.url}/plans/{plan.pk}/")
    page.get_by_role("link", name="Pin or rule out Wren Castellow").click()
    axe()
    page.get_by_label("Never give this AST to this request").check()
    page.get_by_label("Why?").fill("Works with the other school already")
    page.get_by_role("button", name="Save and plan again").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    work()
    expect(page.get_by_text(f"What changed since {plan.reference}")).to_be_visible()
    axe()
    shoot(page, "child")
    page.get_by_role("button", name="Accept all 2").click()
    axe()
    shoot(page, "accept")
    page.get_by_role("button", name="Propose these matches").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 matches proposed")
    axe()
    shoot(page, "accepted")
    assert Match.objects.count() == 2
    page.goto(f"{live_server.url}/demand/")
    axe()
    shoot(page, "demand")
    page.goto(f"{live_server.url}/deployment/")
    axe()
    shoot(page, "deployment")
