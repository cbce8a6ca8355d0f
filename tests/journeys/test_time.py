"""An AST's time, in a real browser: the year, shares of time, inreach, other work and the report, on desk and phone."""

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from astcoord.core import presets
from placements.activities.actions import inreach, work
from placements.activities.actions.work import Details
from placements.variations import actions as variations
from tests.browser import browser_session
from tests.cast import make_cast
from tests.placements.active import active

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
KEPT = os.environ.get("ASTCOORD_PICTURES", "")
"""A folder for what the pages look like, for whoever wants to see."""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_r_4_2_r_4_7_r_4_8_the_pages_about_time_hold_on_desk_and_phone(
    page: Page, live_server: Any, axe: Callable[[], None]
) -> None:
    cast = make_cast()
    for name, value in presets.settings_of("leicester").items():
        setattr(cast.policy, name, value)
    cast.policy.save()
    active(cast, days=D(20))
    span = {"starts_on": date(2026, 10, 12), "ends_on": date(2027, 2, 12)}
    share = variations.ask(post=cast.post, share=D("0.10"), reason="The new building", by=cast.ast, **span)
    agreement = inreach.ask_inreach(post=cast.post, aims="Plan together", time_source="outreach", by=cast.ast, **span)
    details = Details("authority", date(2026, 10, 1), D("0.5"), "Central training", "Shire Hall")
    entry, _ = work.record(post=cast.post, details=details, by=cast.ast)
    post, year = cast.post.pk, cast.year.slug
    pages = {
        "year": reverse("placements:balance", args=[post]),
        "move": reverse("placements:move_days", args=[post, year]),
        "shares": reverse("placements:variation_list"),
        "share": reverse("placements:variation", args=[share.pk]),
        "answer": reverse("placements:variation_answer", args=[share.pk]),
        "work": reverse("placements:work", args=[post]),
        "add": reverse("placements:work_add", args=[post]),
        "inreach-day": reverse("placements:inreach_add", args=[post]),
        "inreach": reverse("placements:inreach", args=[agreement.pk]),
        "decide": reverse("placements:inreach_decide", args=[agreement.pk]),
        "change": reverse("placements:work_change", args=[entry.pk]),
        "alerts": reverse("placements:time_alerts"),
        "report": f"{reverse('evaluation:time')}?by=activity",
    }
    browser_session(page, live_server, cast.coordinator)
    for name, address in pages.items():
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.goto(f"{live_server.url}{address}")
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{address} is wider than {size['width']}"
            if KEPT:
                page.screenshot(path=Path(KEPT) / f"{name}-{size['width']}.png", full_page=True)
        axe()
