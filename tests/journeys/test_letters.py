"""A term's letters, from the co-ordinator's approval to the head's download, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from astcoord.core import delivery
from placements.letters import actions
from schools.calendar.models import Term
from schools.register.models import School
from tests.browser import browser_session
from tests.cast import Cast, make_cast
from tests.factories import SchoolFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_the_co_ordinator_approves_and_a_head_reads(
    cast: Cast, page: Page, live_server: Any, axe: Callable[[], None]
) -> None:
    SchoolFactory.create_batch(5)
    School.objects.filter(pk=cast.elsewhere.pk).update(email="")
    actions.build_round(term=Term.objects.get(slug="autumn-2026"), by=None)

    browser_session(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/tasks/")
    page.get_by_role("link", name="Approve the letters: Autumn term 2026 letters").click()
    page.get_by_text("What the letters say").click()
    expect(page.get_by_role("rowheader", name="Mathematics and numeracy")).to_be_visible()
    axe()
    page.get_by_role("button", name="Approve and send").click()
    expect(page.get_by_text("7 letters will go by e-mail")).to_be_visible()
    expect(page.get_by_text("1 school without an e-mail address")).to_be_visible()
    axe()
    page.get_by_role("button", name="Approve and send").click()
    expect(page.get_by_text("The letters are on their way.")).to_be_visible()
    expect(page.get_by_text("0 of 7 e-mails done")).to_be_visible()
    axe()

    delivery.deliver_all()
    expect(page.get_by_text("7 of 7 e-mails done")).to_be_visible()
    actions.finish_rounds()
    expect(page.locator("#progress").get_by_text("Sent", exact=True).first).to_be_visible()

    page.get_by_role("button", name="Print and post").click()
    axe()
    with page.expect_download() as printed:
        page.get_by_role("button", name="Download as one PDF").click()
    assert printed.value.suggested_filename == "letters-to-post.pdf"
    page.get_by_role("button", name="Note as posted").click()
    expect(page.get_by_text("1 letter noted as posted.")).to_be_visible()

    page.goto(f"{live_server.url}/letters/")
    axe()
    browser_session(page, live_server, cast.host_head)
    page.goto(live_server.url)
    page.get_by_role("link", name="Letters to your school").click()
    axe()
    with page.expect_download() as letter:
        page.get_by_role("link", name=re.compile("Autumn term 2026: what ASTs can help with")).click()
    assert letter.value.suggested_filename == f"ast-letter-{cast.host.urn}.pdf"
