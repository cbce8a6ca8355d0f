"""Shows gathered pages in a real browser, without a server: the page as it was answered, and the static files."""

from collections.abc import Iterator
from mimetypes import guess_type
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route

from tests.browser import AXE, RUN_AXE, WCAG
from tests.crawl.gather import Gathered

PHONE, DESK = 390, 1280
TOO_WIDE = """() => {
    const edge = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= edge) return []
    return [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > edge + 1)
        .slice(0, 3).map(each => each.outerHTML.slice(0, 120))
}"""
HIDDEN = (
    "[...document.querySelectorAll('.app-table-scroll')].filter(each => each.scrollWidth > each.clientWidth).length"
)


class Screen:
    """One tab, at a width for each page or at several. `problems()` is what is wrong with a page there."""

    def __init__(self, page: Page) -> None:
        self.page, self.axe = page, AXE.read_text()
        self.shown: Gathered | None = None
        self.heard: list[str] = []
        page.on("console", lambda message: self.heard.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.route("**/*", self._answer)

    def problems(self, page: Gathered, *widths: int) -> Iterator[str]:
        """Violations of WCAG, script errors, and what is wider than the screen."""
        self._open(page, widths[0])
        self.page.evaluate(self.axe)
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            yield from (f"{page} at {width}: {words}" for words in self._seen())
        yield from (f"{page}: {words}" for words in self.heard)

    def hides_columns(self, page: Gathered, width: int) -> bool:
        """Whether a list has columns beyond its edge."""
        self._open(page, width)
        assert self.page.locator(".app-table-scroll").count(), f"no list on {page}"
        return bool(self.page.evaluate(HIDDEN))

    def _open(self, page: Gathered, width: int) -> None:
        self.shown, self.heard = page, []
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(f"{settings.SITE_URL}{page.address}")

    def _seen(self) -> Iterator[str]:
        for rule in self.page.evaluate(RUN_AXE, WCAG)["violations"]:
            yield from (f"{rule['id']}: {node['html'][:200]}" for node in rule["nodes"][:3])
        yield from (f"wider than the screen: {html}" for html in self.page.evaluate(TOO_WIDE))

    def _answer(self, route: Route) -> Any:
        if route.request.is_navigation_request() and self.shown:
            # 200 also where a form was refused: what is looked at is the page
            return route.fulfill(body=self.shown.html, headers=self.shown.headers)
        found = finders.find(urlsplit(route.request.url).path.removeprefix("/static/"))
        if not isinstance(found, str):
            return route.fulfill(status=404)
        return route.fulfill(path=found, content_type=guess_type(found)[0])
