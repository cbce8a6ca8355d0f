"""A head uploads a paper in a browser; the AST fetches it (R-9.1)."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser import browser_session
from tests.cast import make_cast
from tests.placements import stories
from tests.placements.papers.paper_files import PDF, PNG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_r_9_1_a_head_uploads_and_the_ast_saves_a_copy(page: Page, live_server: Any, axe: Any, tmp_path: Path) -> None:
    cast = make_cast()
    placement = stories.all_agreed(cast)
    papers = f"{live_server.url}{reverse('placements:papers', args=[placement.pk])}"
    forged, good = tmp_path / "Policy.pdf", tmp_path / "Behaviour policy.pdf"
    forged.write_bytes(PNG)
    good.write_bytes(PDF)

    browser_session(page, live_server, cast.host_head)
    page.goto(papers)
    expect(page.get_by_text("0 of 6 uploaded or seen")).to_be_visible()
    axe()
    page.get_by_role("link", name="Behaviour policy").click()
    axe()
    page.get_by_label("Select a file").set_input_files(forged)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_role("link", name="The selected file is not what its name says")).to_be_visible()
    axe()
    page.get_by_label("Select a file").set_input_files(good)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("1 of 6 uploaded or seen")).to_be_visible()
    axe()

    browser_session(page, live_server, cast.ast)
    page.goto(papers)
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Behaviour policy.pdf").click()
    assert download.value.suggested_filename == "Behaviour policy.pdf"
    assert Path(download.value.path()).read_bytes() == PDF
