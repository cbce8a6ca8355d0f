"""One browser that several people use in turn, each page on the way checked for accessibility."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from staff.accounts.models import User
from tests.browser import browser_session

Axe = Callable[[], None]


class Walk:
    """One browser that several people use in turn."""

    def __init__(self, page: Page, site: Any, axe: Axe) -> None:
        self.page, self.site, self.axe = page, site, axe

    def as_(self, user: User, path: str = "/") -> "Walk":
        """Somebody sits down, already signed in."""
        self.page.context.clear_cookies()
        browser_session(self.page, self.site, user)
        return self.go(path)

    def go(self, path: str) -> "Walk":
        self.page.goto(f"{self.site.url}{path}")
        self.axe()
        return self

    def link(self, name: str) -> "Walk":
        """Follow a link, or one that is drawn as a button."""
        main = self.page.get_by_role("main")
        main.get_by_role("link", name=name).or_(main.get_by_role("button", name=name)).first.click()
        self.axe()
        return self

    def press(self, name: str) -> "Walk":
        button = self.page.get_by_role("button", name=name, exact=True)
        if self.page.locator("[data-kept-key]").count():  # such a form first asks whether there is a signal
            with self.page.expect_navigation():
                button.click()
        else:
            button.click()
        self.page.wait_for_load_state()
        self.axe()
        return self

    def tick(self, *labels: str) -> "Walk":
        for label in labels:
            self.page.get_by_label(label, exact=True).check()
        return self

    def write(self, **words: str) -> "Walk":
        return self.fill(words)

    def fill(self, words: dict[str, str]) -> "Walk":
        for label, text in words.items():
            self.page.get_by_label(label, exact=True).fill(text)
        return self

    def date(self, group: str, day: str) -> "Walk":
        parts = zip(("Day", "Month", "Year"), day.split(), strict=True)
        for label, part in parts:
            self.page.get_by_role("group", name=group).first.get_by_label(label).fill(part)
        return self

    def sees(self, text: str) -> "Walk":
        expect(self.page.get_by_text(text).first).to_be_visible()
        return self
