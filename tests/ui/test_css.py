"""The built style sheet: nobody else's typeface, no crown, nothing fetched."""

import pytest

from tests import ROOT

CSS = ROOT / "build" / "static" / "app.css"


@pytest.fixture
def css() -> str:
    if not CSS.exists():
        pytest.skip("the style sheet is not built: make setup")
    return CSS.read_text()


@pytest.mark.parametrize("unwanted", ["GDS Transport", "@font-face", "url(", "crown", "@import"])
def test_the_style_sheet_holds_none_of(css: str, unwanted: str) -> None:
    assert unwanted.lower() not in css.lower().replace(".govuk-footer__crown", "")


def test_our_colour_is_the_brand(css: str) -> None:
    assert "--govuk-brand-colour:#0b5a5f" in css.replace(" ", "")


def test_the_lock_file_carries_no_addresses() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert "resolved" not in text
    assert "http" not in text
