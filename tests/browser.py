"""Browser tests: Chromium from the system, axe-core from node_modules, and helpers to sign in.

Mark such tests `@pytest.mark.browser` and `@pytest.mark.django_db(transaction=True)`, and ask for `live_server`.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, expect

from tests import ROOT

# Playwright's sync API keeps an event loop in this thread, and Django would then refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
RUN_AXE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
LOADED = "addEventListener('load', () => document.documentElement.setAttribute('data-loaded', ''))"
PATIENCE = 30_000
"""Milliseconds, for a machine that does other things as well. Only a test that fails waits so long."""
expect.set_options(timeout=PATIENCE)

SIX_DIGITS = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; nothing is downloaded."""
    named = os.environ.get("CHROMIUM")
    path = next(filter(None, (shutil.which(name) for name in ([named] if named else BROWSERS))), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine: .ci/system-packages --browser installs it")
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that fails its test on a script error, a blocked resource or a broken content security policy."""
    problems: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            problems.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.set_default_timeout(PATIENCE)
    # A click on a page whose scripts have not come yet is a click on nothing, and after a link or a button Playwright
    # does not wait for them. So before each step: as long as the page is not loaded, wait until it is.
    page.add_init_script(LOADED)
    page.add_locator_handler(
        page.locator("html:not([data-loaded])"), lambda: page.wait_for_load_state("load"), no_wait_after=True
    )
    cache.clear()  # sign-in's rate limits live in the cache
    yield page
    assert not problems, "\n".join(problems)


@pytest.fixture
def axe(page: Page) -> Callable[[], None]:
    """`axe()` checks the page as it is now against WCAG 2.0, 2.1 and 2.2, levels A and AA: no violation at all."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run make setup")

    def check() -> None:
        page.wait_for_load_state("load")  # a click ends when the next page begins: until it is parsed, it has no root
        page.evaluate(AXE.read_text())
        result = page.evaluate(RUN_AXE, WCAG)
        assert result["passes"], "axe checked nothing"
        found = [
            f"{rule['id']} ({rule['impact']}): {node['html'][:300]}\n    {node['failureSummary']}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check


def latest_code(email: str) -> str:
    """The six-digit code in the newest message to `email`."""
    for message in reversed(mail.outbox):
        found = SIX_DIGITS.search(str(message.body))
        if email in message.to and found:
            return found.group(1)
    raise AssertionError(f"no code was sent to {email}")


def sign_in(page: Page, live_server: Any, email: str, *, to: str = "/") -> None:
    """Sign in as a person does: ask for a code, read the email, type it in."""
    page.goto(f"{live_server.url}/accounts/login/?next={to}")
    page.get_by_label("Email address").fill(email)
    page.get_by_role("button", name="Email me a code").click()
    page.wait_for_url("**/confirm/**")
    page.get_by_label("6-digit code").fill(latest_code(email))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def browser_session(page: Page, live_server: Any, user: Any) -> None:
    """Sign `user` in by a cookie: quick, for tests that are about something else."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
