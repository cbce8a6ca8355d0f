"""A journey: a teacher without an account confirms on a telephone, changes an answer, and later withdraws."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from placements.supported.models import SupportedStaff
from tests.browser import browser_session
from tests.cast import make_cast
from tests.placements.supported.supported_links import link_of
from tests.placements.supported.test_supported import opened, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COMMITMENTS = (
    "I have read the protocol",
    "extra time",
    "look back on my teaching",
    "take risks",
    "work alongside the AST",
)


def test_a_teacher_confirms_changes_and_withdraws(page: Page, live_server: Any, axe: Any) -> None:
    cast = make_cast()
    placement = opened(cast, Juno_Pettifer="juno@marlshire.example", Sorrel_Ambleforth="")
    juno = person(placement)
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(live_server.url + link_of(juno))
    axe()
    page.get_by_text("Read the protocol: what is agreed").click()
    axe()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Save the protocol (PDF)").click()
    assert paper.value.suggested_filename == "ast-protocol.pdf"
    page.get_by_role("button", name="Confirm my part").click()
    expect(page.get_by_role("link", name="Enter what you hope to gain")).to_be_visible()
    axe()
    for words in COMMITMENTS:
        page.get_by_label(words).check()
    page.get_by_label("What would you like to get better at?").fill("Waiting longer before I help.")
    page.get_by_label("What do you hope to gain").fill("Lessons in which pupils choose.")
    page.get_by_role("button", name="Confirm my part").click()
    expect(page.get_by_text("Thank you. Your answers have been saved.")).to_be_visible()
    axe()
    page.get_by_label("What do you hope to gain").fill("Pupils who ask each other first.")
    page.get_by_role("button", name="Save my changes").click()
    page.get_by_text("What is held about you here").click()
    expect(page.get_by_role("heading", name="Earlier answers")).to_be_visible()
    axe()

    page.set_viewport_size({"width": 1280, "height": 800})
    browser_session(page, live_server, cast.host_head)
    page.goto(live_server.url)
    page.get_by_role("link", name="Get the confirmation of everybody supported").first.click()
    expect(page.get_by_text("Pupils who ask each other first.")).to_be_visible()
    axe()
    page.get_by_role("link", name="Enter the signed paper").click()
    axe()
    for words in COMMITMENTS:
        page.get_by_label(words).check()
    page.get_by_label("What this person would like to get better at").fill("Asking open questions.")
    page.get_by_label("What this person hopes to gain").fill("A plan for next term.")
    page.get_by_role("button", name="Enter the confirmation").click()
    expect(page.get_by_text("The confirmation has been entered.")).to_be_visible()
    axe()
    page.get_by_role("link", name="Add the email address").click()
    axe()
    page.goto(live_server.url + reverse("placements:supported_withdrawal", args=[placement.pk, juno.pk]))
    axe()

    page.context.clear_cookies()
    page.goto(live_server.url + link_of(juno))
    page.get_by_role("link", name="withdraw", exact=True).click()
    axe()
    page.get_by_role("button", name="Yes, withdraw").click()
    expect(page.get_by_text("You have withdrawn.")).to_be_visible()
    axe()
    page.goto(f"{live_server.url}/my-part/nothing/")
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
    axe()
    SupportedStaff.objects.filter(pk=juno.pk).update(link_version=9)
    page.goto(live_server.url + link_of(juno))
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    axe()


def test_the_form_works_without_scripts(browser: Browser, live_server: Any) -> None:
    cast = make_cast()
    juno = person(opened(cast, Juno_Pettifer="juno@marlshire.example"))
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(live_server.url + link_of(juno))
    for words in COMMITMENTS:
        plain.get_by_label(words).check()
    plain.get_by_label("What would you like to get better at?").fill("Waiting longer before I help.")
    plain.get_by_label("What do you hope to gain").fill("Lessons in which pupils choose.")
    plain.get_by_role("button", name="Confirm my part").click()
    expect(plain.get_by_text("Thank you. Your answers have been saved.")).to_be_visible()
    plain.context.close()
    juno.refresh_from_db()
    assert juno.confirmed_at is not None
