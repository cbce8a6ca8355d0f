"""From the first planned day to what governors read: diary, review, summary."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from evaluation.diary.models import DiaryEntry
from evaluation.reviews.models import ImpactReview
from placements.days.actions import days
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from tests.browser import browser_session
from tests.cast import Cast
from tests.evaluation import stories
from tests.placements.active import active

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 375, "height": 720}


@pytest.fixture
def placement(cast: Cast, clock: Any) -> Placement:
    clock.move_to(stories.NOVEMBER)
    return active(cast, objectives=2)


def go(page: Page, live_server: Any, user: Any, path: str) -> None:
    browser_session(page, live_server, user)
    page.goto(f"{live_server.url}{path}")


def test_planned_delivered_and_written_up_on_a_phone(
    page: Page, live_server: Any, cast: Cast, placement: Placement, axe: Callable[[], None]
) -> None:
    page.set_viewport_size(PHONE)
    go(page, live_server, cast.ast, "/diary/")
    axe()
    page.get_by_role("button", name="Write up an outreach day").click()
    axe()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("link", name="Enter the main priorities of the outreach day")).to_be_visible()
    axe()
    page.get_by_label("Main priorities").fill("Planning a unit on fractions")
    page.get_by_label("Work alongside willing teachers").check()
    page.get_by_label("Juno Pettifer", exact=True).check()
    page.get_by_role("group", name="Was the end-of-day talk held?").get_by_label("Yes").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("The outreach day of 24 November 2026 is in the diary.")).to_be_visible()
    axe()
    assert DiaryEntry.objects.get().day.status == "done"

    page.goto(f"{live_server.url}/placements/{placement.pk}/days/series/")
    axe()
    page.get_by_role("button", name="Show the dates").click()
    axe()
    page.get_by_role("button", name="Plan these 5 days").click()
    expect(page.get_by_text("5 days planned.")).to_be_visible()
    axe()
    assert OutreachDay.objects.count() == 6

    go(page, live_server, cast.host_head, f"/placements/{placement.pk}/diary/")
    page.get_by_role("button", name="Confirm 1 December 2026").click()
    expect(page.get_by_text("1 December 2026 is confirmed.")).to_be_visible()
    page.get_by_role("link", name="Cancel the day of 1 December 2026").click()
    axe()
    page.get_by_label("Host school").check()
    page.get_by_label("Why can the day not happen?").fill("Inspection")
    page.get_by_role("button", name="Cancel this day").click()
    expect(page.get_by_text("Host school: Inspection")).to_be_visible()
    axe()


def test_review_comment_decision_and_summary(
    page: Page, live_server: Any, cast: Cast, placement: Placement, axe: Callable[[], None]
) -> None:
    stories.write_up(cast, placement, objectives=[placement.objectives.first().pk])
    review = stories.opened(placement)
    go(page, live_server, cast.ast, f"/reviews/{review.pk}/")
    axe()
    page.get_by_role("link", name="Write the review").or_(page.get_by_role("button", name="Write the review")).click()
    page.get_by_role("button", name="Submit to the headteacher").click()
    expect(page.get_by_role("link", name="Select the progress for objective 2")).to_be_visible()
    axe()
    for number in (1, 2):
        page.get_by_role("group", name=f"Progress on objective {number}").get_by_label("Good progress").check()
        page.get_by_label(f"What shows it, for objective {number}").fill("Two sets of books")
    page.get_by_label("What has changed in the school").fill("More pupils explain their method.")
    page.get_by_role("button", name="Submit to the headteacher").click()
    expect(page.get_by_text("The review is with the headteacher.")).to_be_visible()

    go(page, live_server, cast.host_head, "/")
    page.get_by_role("link", name="Comment on the AST’s impact review").click()
    axe()
    page.goto(f"{live_server.url}/reviews/{review.pk}/comment/")
    axe()
    page.get_by_label("Your comment").fill("We see this too.")
    page.get_by_role("button", name="Send to the co-ordinator").click()

    go(page, live_server, cast.coordinator, f"/reviews/{review.pk}/decide/")
    axe()
    page.get_by_label("Accept the review").check()
    page.get_by_role("button", name="Save decision").click()
    axe()
    assert ImpactReview.objects.get().status == "accepted"

    go(page, live_server, cast.chair, "/summaries/")
    axe()
    page.get_by_role("link", name=placement.reference).click()
    expect(page.get_by_text("A colleague plans problem solving into every unit.")).to_be_visible()
    expect(page.get_by_text("Pettifer")).to_have_count(0)
    axe()

    go(page, live_server, cast.home_head, "/time/?by=week")
    axe()


def test_r_10_1_a_day_is_planned_on_a_phone(
    page: Page, live_server: Any, cast: Cast, placement: Placement, axe: Callable[[], None]
) -> None:
    """R-6.3 too: the model lesson's questions come with it, and it is refused until somebody watches."""
    day = days.plan_day(placement=placement, on=stories.TUESDAY, days=stories.WHOLE, by=cast.ast)
    page.set_viewport_size(PHONE)
    go(page, live_server, cast.ast, "/")
    page.get_by_role("link", name="Plan what happens on the day").click()
    axe()
    expect(page.get_by_label("Class or group").first).to_be_hidden()
    page.get_by_label("Part 1", exact=True).select_option("Model lesson")
    page.get_by_label("Class or group").first.fill("Year 4")
    axe()
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_role("link", name="Nobody watches this model lesson").click()
    axe()
    page.get_by_label("Juno Pettifer").first.check()
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The plan is saved.")).to_be_visible()
    expect(page.get_by_text("Watched by Juno Pettifer")).to_be_visible()
    axe()
    assert day.parts.filter(kind="model_lesson").count() == 1


def kept_on(page: Page, many: int) -> None:
    """So many texts lie on the device, within a while."""
    count = "() => Object.keys(localStorage).filter(name => name.startsWith('astcoord-kept:')).length"
    for _ in range(50):
        if page.evaluate(count) == many:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(count) == many


def test_a_day_is_written_up_without_a_signal_and_sent_once(
    page: Page, live_server: Any, cast: Cast, placement: Placement, axe: Callable[[], None]
) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    path = f"/placements/{placement.pk}/diary/add/"
    go(page, live_server, cast.ast, path)
    page.context.set_offline(True)
    page.get_by_label("Main priorities").fill("Planning a unit on fractions")
    page.get_by_label("Work alongside willing teachers").check()
    page.get_by_role("group", name="Was the end-of-day talk held?").get_by_label("Yes").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("No signal. What you wrote is kept on this device")).to_be_visible()
    axe()
    assert not DiaryEntry.objects.exists()
    kept = page.evaluate("() => JSON.stringify(localStorage)")
    assert path in kept
    assert "fractions" not in kept

    # The telephone has thrown the page away: it is there again, with the key under which it counts once.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/diary/")
    page.get_by_role("link", name="Open it and send it").click()
    expect(page.get_by_label("Main priorities")).to_have_value("Planning a unit on fractions")
    expect(page.get_by_text("has not been sent yet")).to_be_visible()

    page.context.set_offline(True)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("No signal.")).to_be_visible()
    page.context.set_offline(False)  # the signal is back: nobody presses anything
    expect(page.get_by_text("The outreach day of 24 November 2026 is in the diary.")).to_be_visible()
    kept_on(page, 0)
    assert DiaryEntry.objects.get().priorities == "Planning a unit on fractions"

    go(page, live_server, cast.ast, path)
    page.get_by_label("Next steps").fill("Not for others")
    kept_on(page, 1)
    page.goto(f"{live_server.url}/accounts/logout/")
    expect(page.get_by_text("is deleted when you sign out")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "logout" not in url)
    kept_on(page, 0)
