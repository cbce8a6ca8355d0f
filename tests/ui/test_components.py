"""govuk-frontend's own fixtures, an independent suite: our components must render every one of them alike."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from astcoord.ui import components
from tests import ROOT

FIXTURES = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
FILES = sorted(FIXTURES.glob("*/fixtures.json"))


class Normaliser(HTMLParser):
    """HTML as a list of tags and words: white space and the order of attributes do not count."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pairs = [(name, " ".join((value or "").split())) for name, value in attrs]
        self.found.append(("<", tag, tuple(sorted(pairs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.found.append((">", tag))

    def handle_data(self, data: str) -> None:
        words = data.split()
        if not words:
            return
        if self.found and self.found[-1][0] == "text":
            words = [*self.found.pop()[1], *words]  # type: ignore[misc]
        self.found.append(("text", tuple(words)))


def normalised(html: str) -> list[tuple[object, ...]]:
    parser = Normaliser()
    parser.feed(html)
    parser.close()
    return parser.found


def test_the_fixtures_are_there_or_we_say_so() -> None:
    if not FILES:
        pytest.skip("node_modules is missing: make setup installs govuk-frontend and its fixtures")
    assert len(FILES) > 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_component_equals_govuk_frontend(path: Path) -> None:
    content = json.loads(path.read_text())
    for fixture in content["fixtures"]:
        ours = components.render(content["component"], fixture["options"])
        assert normalised(ours) == normalised(fixture["html"]), fixture["name"]


def test_text_is_escaped_and_html_is_trusted() -> None:
    assert "&lt;b&gt;" in components.render("inset-text", {"text": "<b>"})
    assert "<b>" in components.render("inset-text", {"html": "<b>"})
