"""Every component, on one page, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.browser import browser_session, latest_code, sign_in
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [375, 1280])
def test_gallery_has_no_accessibility_violations(
    page: Page, live_server: Any, cast: Cast, axe: Callable[[], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/design/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Design gallery")
    axe()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than its {width} px window"


def test_sign_in_by_a_code_from_the_email(page: Page, live_server: Any, cast: Cast, axe: Callable[[], None]) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    expect(page).to_have_title("Sign in – AST support – Marlshire County Council")
    axe()
    page.get_by_role("button", name="Email me a code").click()
    expect(page).to_have_title("Error: Sign in – AST support – Marlshire County Council")
    page.get_by_role("link", name="Enter your email address").click()
    assert page.evaluate("document.activeElement.name") == "email"
    axe()
    sign_in(page, live_server, cast.host_head.email, to="/design/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Design gallery")
    assert mail.outbox[-1].subject == f"{latest_code(cast.host_head.email)} is your code to sign in"
    assert "Marlshire County Council" in mail.outbox[-1].body
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("You have signed out.")
    axe()


def test_an_unknown_address_gets_a_letter_and_the_page_does_not_tell(page: Page, live_server: Any, cast: Cast) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email address").fill("stranger@marlshire.example")
    page.get_by_role("button", name="Email me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    assert [message.subject for message in mail.outbox] == ["No account can sign in with this email address"]


def test_a_wrong_code_is_refused_in_words(page: Page, live_server: Any, cast: Cast, axe: Callable[[], None]) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email address").fill(cast.host_head.email)
    page.get_by_role("button", name="Email me a code").click()
    page.get_by_label("6-digit code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title("Error: Check your email – AST support – Marlshire County Council")
    axe()


@pytest.mark.parametrize(
    "path",
    [
        "/accessibility/",
        "/privacy/",
        "/no-such-page/",
        "/accounts/logout/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/webauthn/",
        "/accounts/sessions/",
    ],
)
def test_pages_about_the_service_and_the_account(
    page: Page, live_server: Any, cast: Cast, axe: Callable[[], None], path: str
) -> None:
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe()


def test_filters_fold_on_a_phone_and_codes_lists_work_without_a_mouse(page: Page, live_server: Any, cast: Cast) -> None:
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/design/")
    box = page.locator("#id_fresh-school")
    expect(box).to_have_attribute("role", "combobox")
    box.focus()
    page.keyboard.type("alder")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Alder Vale Primary School")


def test_r_17_9_what_stands_in_the_box_is_what_is_sent(page: Page, live_server: Any, cast: Cast) -> None:
    """An old choice is never sent under new words: the option that is typed out counts, else none."""
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/design/")
    box, sent = page.locator("#id_fresh-school"), page.locator("#id_fresh-school-select")
    box.fill("alder")
    page.get_by_role("option", name="Alder Vale Primary School").click()
    expect(sent).to_have_value("1")
    for typed, value in (
        ("st oswin's primary school", "2"),
        ("St Oswin", ""),
        ("Alder Vale Primary School", "1"),
        ("", ""),
    ):
        box.fill(typed)
        expect(sent).to_have_value(value)


def test_open_suggestions_do_not_swallow_the_next_click(page: Page, live_server: Any, cast: Cast) -> None:
    """The list lies over the page, so that what is below stays where it is."""
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/design/")
    box, below = page.locator("#id_fresh-school"), page.get_by_role("radio", name="Planning together").first

    def apart() -> float:
        upper, lower = box.bounding_box(), below.bounding_box()
        assert upper
        assert lower
        return lower["y"] - upper["y"]

    before = apart()
    box.fill("primary")
    expect(page.locator("#id_fresh-school__listbox li").first).to_be_visible()
    assert abs(apart() - before) < 1, (apart(), before)
