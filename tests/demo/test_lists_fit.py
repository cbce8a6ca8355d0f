"""On a desk no list hides a column beyond its edge: looked at where names and statuses are as long as in real life."""

from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from placements.letters.models import LetterRound
from staff.accounts.models import User
from tests.browser import browser_session

LISTS = [
    "placements:placement_list",
    "placements:queue",
    "placements:matches",
    "placements:day_list",
    "placements:letter_rounds",
    "evaluation:reviews",
    "evaluation:summaries",
    "schools:list",
    "staff:posts",
    "staff:expertise",
    "staff:people",
    "staff:audit",
]
HIDDEN = (
    "[...document.querySelectorAll('.app-table-scroll')].filter(each => each.scrollWidth > each.clientWidth).length"
)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick_print")
def test_no_column_of_a_list_lies_beyond_its_edge(page: Page, live_server: Any, clock: time_machine.Traveller) -> None:
    clock.move_to("2027-02-03 09:00 +0000")
    call_command("load_demo", verbosity=0)
    browser_session(page, live_server, User.objects.get(name="Bryony Quill"))
    addresses = [*map(reverse, LISTS), reverse("placements:letter_round", args=[LetterRound.objects.get().pk])]
    for width in (1280, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            page.goto(f"{live_server.url}{address}")
            assert page.locator(".app-table-scroll").count(), address
            assert page.evaluate(HIDDEN) == 0, f"{address} at {width}"
