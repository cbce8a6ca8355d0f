"""A deployment plan in a real browser: asked for, made by the worker, read, pinned, accepted (section 7)."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from astcoord.core.clock import today
from placements.days import ledger
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.planning.actions import explain, verify
from placements.planning.actions import work as work_actions
from placements.planning.lifecycle import PlanStatus
from placements.planning.models import Plan
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.posts.models import Post
from tests import SHARED_DATA
from tests.browser import browser_session
from tests.cast import Cast, make_cast
from tests.factories import RequestFactory, SchoolFactory
from tests.placements.planning.plan_stories import asked, colleague

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
    work_actions.work(plan.pk)
    while explain.explain_some(plan.pk):
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


REGISTER = SHARED_DATA / "leeds" / "gias_2023-07.csv"


def invented() -> None:
    call_command("seed_scale", "--schools", "60", "--asts", "12", "--requests", "40")


def register() -> None:
    if not REGISTER.exists():
        pytest.skip("the national register's file is not here: ../shared/data is absent")
    call_command("import_schools", str(REGISTER), "--la", "383")
    call_command("seed_scale", "--schools", "0", "--asts", "60", "--requests", "200")


@pytest.mark.parametrize("authority", [invented, register])
def test_a_seeded_year_is_planned_explained_and_proposed(
    page: Page, live_server: Any, axe: Callable[[], None], transactional_db: None, authority: Callable[[], None]
) -> None:
    """A whole term of an authority: every line is proposed, and no AST promises more than the year holds."""
    authority()
    browser_session(page, live_server, User.objects.get(email="planner@marlshire.example"))
    page.goto(f"{live_server.url}/plans/new/")
    page.get_by_label("Autumn term 2026, the whole term").check()
    page.get_by_role("button", name="Make the plan").click()
    plan = work()
    assert (plan.status, verify.verify(plan=plan, by=plan.created_by)) == (PlanStatus.READY, ())
    expect(page.get_by_text("Proved: no other plan meets more need")).to_be_visible()
    axe()
    shoot(page, f"{authority.__name__}-plan")
    for name in ("Not met, and why", "Drawn", "How it was made"):
        page.get_by_role("link", name=name, exact=True).click()
        axe()
        shoot(page, f"{authority.__name__}-{name[:5].strip().lower()}")
    assert plan.unmet.exists(), "nothing to explain"
    assert set(plan.unmet.values_list("request", flat=True)) <= set(plan.notes.values_list("request", flat=True))

    page.get_by_role("link", name="Who goes where").click()
    lines = plan.lines.count()
    page.get_by_role("button", name=f"Accept all {lines}").click()
    axe()
    button, more = (page.get_by_role("button", name=n) for n in ("Propose these matches", "Go on with the rest"))
    while True:
        with page.expect_navigation(timeout=120_000):  # whether there is more is asked of the next page
            button.click()
        if not more.is_visible():
            break
        axe()
        button = more
    axe()
    assert Match.objects.filter(status=MatchStatus.PROPOSED).count() == lines
    year = AcademicYear.objects.get(slug="2026-27")
    for post in Post.objects.in_post(today()):
        assert ledger.balance(post, year).remaining >= 0, f"{post} is promised twice"
