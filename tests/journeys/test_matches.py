"""A match in a real browser: the co-ordinator chooses, the AST and the home head say yes (R-7.1 to R-7.5)."""

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from placements.days import ledger
from placements.matching.models import Match
from placements.placement.models import Placement
from tests.browser import browser_session
from tests.cast import Cast, make_cast
from tests.factories import PostFactory, RequestFactory, SchoolFactory

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


def test_r_7_5_from_candidates_to_three_yeses(
    page: Page, live_server: Any, axe: Callable[[], None], cast: Cast
) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head)
    far = PostFactory(
        user__name="Hazel Merriden",
        home=SchoolFactory(name="Brackenfield School", phase="secondary", easting=452000, northing=331000),
        key_stages=("ks3",),
    )
    ledger.open_budget(far, cast.year)
    PostFactory(user__name="Sorrel Vane")

    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/requests/{asked.pk}/candidates/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose an AST")
    page.get_by_text("Why Wren Castellow").click()
    page.get_by_text("cannot be chosen, and why").click()
    axe()
    shoot(page, "candidates")
    page.get_by_role("link", name="Choose Wren Castellow").click()
    axe()
    shoot(page, "propose")
    page.get_by_role("button", name="Propose this match").click()
    expect(page.get_by_text("have been asked")).to_be_visible()
    axe()
    shoot(page, "match")
    match = Match.objects.get()
    assert match.days == Decimal(6)
    page.goto(f"{live_server.url}/matches/")
    axe()
    shoot(page, "matches")
    page.goto(f"{live_server.url}/matches/{match.pk}/withdraw/")
    axe()

    for who, list_path, path in ((cast.ast, "asked", "ast"), (cast.home_head, "answers", "home")):
        page.context.clear_cookies()
        browser_session(page, live_server, who)
        page.goto(f"{live_server.url}/matches/{list_path}/")
        axe()
        shoot(page, f"own-{path}")
        page.get_by_role("link", name=cast.host.name).click()
        page.get_by_role("button", name="Send your answer").click()
        expect(page.get_by_role("alert").get_by_text("Select yes or no")).to_be_visible()
        axe()
        shoot(page, f"answer-{path}")
        page.get_by_label("Yes").check()
        page.get_by_role("button", name="Send your answer").click()
        axe()
    expect(page.get_by_text("Everybody has said yes")).to_be_visible()
    assert Placement.objects.get().match == match
