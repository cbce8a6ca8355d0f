"""A head with four minutes asks for help; the co-ordinator has a question; the head answers it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from tests.browser import browser_session
from tests.cast import Cast
from tests.factories import PriorityFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()


def fill(page: Page, answers: dict[str, str]) -> None:
    for label, answer in answers.items():
        page.get_by_label(label).fill(answer)


def test_from_start_to_the_queue_and_back(page: Page, live_server: Any, cast: Cast, axe: Callable[[], None]) -> None:
    served = PriorityFactory(name="Raise standards in mathematics")
    browser_session(page, live_server, cast.host_head)
    _ask(page, live_server.url, axe)
    asked = OutreachRequest.objects.get()
    assert asked.status == RequestStatus.SUBMITTED
    assert asked.staff.get().willing_to_continue
    assert (list(asked.priorities.all()), asked.no_priority_reason) == ([served], "")

    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/requests/queue/")
    axe()
    page.get_by_role("link", name=asked.reference).click()
    axe()
    page.get_by_role("button", name="Take it up").click()
    page.get_by_role("link", name="Return with questions").click()
    axe()
    page.get_by_label("What would you like to know?").fill("Which year groups?")
    page.get_by_role("button", name="Return to the headteacher").click()
    expect(page.get_by_text("The headteacher has your questions.")).to_be_visible()
    axe()

    browser_session(page, live_server, cast.host_head)
    page.goto(live_server.url)
    page.get_by_role("link", name="Answer questions about your request").click()
    axe()
    page.get_by_role("button", name="Change your answers and send again").click()
    expect(page.get_by_text("Which year groups?")).to_be_visible()
    axe()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("heading", name="Request sent")).to_be_visible()


def _ask(page: Page, site: str, axe: Callable[[], None]) -> None:
    page.goto(f"{site}/requests/start/")
    axe()
    page.get_by_role("button", name="Start now").click()
    axe()
    go_on(page)
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe()
    page.get_by_label("Subject or area").fill("Mathe")
    page.get_by_role("option", name="Mathematics and numeracy").click()
    page.get_by_label("Key stage 2").check()
    fill(page, {"What needs to get better?": "Pupils cannot choose a method."})
    page.get_by_label("Our own view").check()
    go_on(page)
    axe()
    fill(page, {"What you would like the AST to do": "Plan together.", "What your staff need to learn": "Planning."})
    fill(page, {"What should be different at the end?": "Better plans.", "What will you look at": "Plans by July."})
    page.get_by_label("Cover for an absent teacher").check()
    go_on(page)
    expect(page.get_by_role("link", name="An AST cannot cover for absence")).to_be_visible()
    axe()
    page.get_by_label("Cover for an absent teacher").uncheck()
    page.get_by_label("Work alongside willing teachers").check()
    go_on(page)
    fill(page, {"How many days would you like?": "6"})
    page.get_by_label("From which week?").select_option("The week of 2 November 2026")
    page.get_by_label("Until which week?").select_option("The week of 8 February 2027")
    axe()
    for box in page.get_by_role("checkbox").all():
        box.check()
    go_on(page)
    _say_what_it_serves(page, axe)
    _name_somebody(page, axe)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    axe()
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", name="Request sent")).to_be_visible()
    axe()


def _say_what_it_serves(page: Page, axe: Callable[[], None]) -> None:
    """“None of these” opens its question and unticks the rest; ticking one of them unticks it."""
    axe()
    go_on(page)
    expect(page.get_by_role("link", name="Select at least one priority")).to_be_visible()
    expect(page.get_by_label("Why does it serve none of them?")).to_be_hidden()
    page.get_by_label("None of these").check()
    go_on(page)
    expect(page.get_by_role("link", name="Say why it serves none of them")).to_be_visible()
    axe()
    page.get_by_label("Raise standards in mathematics").check()
    expect(page.get_by_label("None of these")).not_to_be_checked()
    go_on(page)
    axe()


def _name_somebody(page: Page, axe: Callable[[], None]) -> None:
    page.get_by_label("Name of the person or group").fill("Juno Pettifer")
    page.get_by_label("Teacher", exact=True).check()
    page.get_by_label("Recommended by the headteacher").check()
    page.get_by_label("to develop their own practice").check()
    page.get_by_label("to carry on after the AST has left").check()
    page.get_by_label("No difficulty").check()
    page.get_by_label("I agree to this person taking part").check()
    axe()
    go_on(page)
    axe()
    page.get_by_role("button", name="Continue", exact=True).click()
