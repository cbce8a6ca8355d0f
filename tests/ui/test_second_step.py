"""The second step of signing in: an authenticator app, recovery codes, a passkey."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from tests.browser import browser_session, latest_code, sign_in
from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock_stands"),
]


def current_code(secret: str) -> str:
    """What the person's app would show now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def plug_in_a_key(page: Page) -> None:
    """A passkey holder that says yes to everything, as a person would with a finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    key |= {"hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def test_an_authenticator_app_is_set_up_and_asked_for(
    page: Page, live_server: Any, cast: Cast, axe: Callable[[], None], clock: Any
) -> None:
    sign_in(page, live_server, cast.coordinator.email, to="/accounts/2fa/")
    page.get_by_role("link", name="Set up an authenticator app").click()
    secret = page.locator(".app-code").inner_text().strip()
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    axe()
    secret = page.locator(".app-code").inner_text().strip()
    page.locator("input[name=code]").fill(current_code(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    axe()
    page.goto(f"{live_server.url}/accounts/2fa/")
    axe()
    clock.shift(60)
    page.context.clear_cookies()
    sign_in(page, live_server, cast.coordinator.email, to="/design/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    axe()
    page.locator("input[name=code]").fill(current_code(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Design gallery")


def test_changing_how_one_signs_in_asks_again(
    page: Page, live_server: Any, cast: Cast, axe: Callable[[], None], clock: Any
) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.coordinator, secret)
    browser_session(page, live_server, cast.coordinator)
    clock.shift(11 * 60)  # a sign-in is fresh for ten minutes
    page.goto(f"{live_server.url}/accounts/2fa/totp/deactivate/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
    axe()
    page.locator("input[name=code]").fill(current_code(secret))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("turn off the authenticator app")
    axe()
    page.get_by_role("button", name="Turn off").click()
    page.wait_for_url("**/2fa/")
    assert not Authenticator.objects.filter(user=cast.coordinator).exists()


def test_a_passkey_signs_in_without_a_code(
    page: Page, live_server: Any, cast: Cast, axe: Callable[[], None], settings: Any
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test server has no certificate
    base = live_server.url.replace("127.0.0.1", "localhost")  # an address cannot hold a passkey
    plug_in_a_key(page)
    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{base}/accounts/2fa/webauthn/add/")
    axe()
    page.locator("input[name=name]").fill("My laptop")
    page.locator("input[name=passwordless]").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    page.goto(f"{base}/accounts/2fa/webauthn/")
    expect(page.get_by_role("heading", level=2)).to_contain_text(["My laptop"])
    axe()
    page.context.clear_cookies()
    page.goto(f"{base}/accounts/login/?next=/design/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Design gallery")


def test_the_office_sets_up_a_second_step_before_anything_else(
    page: Page, live_server: Any, cast: Cast, axe: Callable[[], None], settings: Any, clock: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    heading = page.get_by_role("heading", level=1)
    sign_in(page, live_server, cast.administrator.email, to="/people/")
    expect(heading).to_have_text("Set up a second step")
    axe()
    page.goto(f"{live_server.url}/schools/")
    expect(heading).to_have_text("Set up a second step")
    page.get_by_role("button", name="Set up an authenticator app").click()
    secret = page.locator(".app-code").inner_text().strip()
    page.locator("input[name=code]").fill(current_code(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(heading).to_have_text("Recovery codes")
    recovery = page.locator("li.app-code").first.inner_text().strip()
    page.goto(f"{live_server.url}/people/")
    expect(heading).to_have_text("People")

    page.context.clear_cookies()  # the phone is lost: a recovery code lets its owner in, once
    sign_in(page, live_server, cast.administrator.email, to="/people/")
    page.locator("input[name=code]").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    expect(heading).to_have_text("People")


def test_a_passkey_satisfies_the_requirement(
    page: Page, live_server: Any, cast: Cast, axe: Callable[[], None], settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    base = live_server.url.replace("127.0.0.1", "localhost")
    plug_in_a_key(page)
    browser_session(page, live_server, cast.consultant)
    page.goto(f"{base}/")
    page.get_by_role("button", name="Add a passkey or key").click()
    page.locator("input[name=name]").fill("My key")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    page.goto(f"{base}/people/asts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("ASTs")


def test_a_mistyped_address_and_a_code_that_did_not_come(
    page: Page, live_server: Any, cast: Cast, axe: Callable[[], None]
) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email address").fill("bryny@marlshire.example")
    page.get_by_role("button", name="Email me a code").click()
    page.wait_for_url("**/confirm/**")
    axe()
    page.get_by_role("button", name="Use another email address").click()
    page.get_by_label("Email address").fill(cast.coordinator.email)
    page.get_by_role("button", name="Email me a code").click()
    page.get_by_role("button", name="Send a new code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    page.get_by_label("6-digit code").fill("1")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("this one is not right")
    axe()
    page.get_by_label("6-digit code").fill(latest_code(cast.coordinator.email))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
