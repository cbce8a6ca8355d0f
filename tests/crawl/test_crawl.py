"""Every page that the demonstration leads to, as its people get it, on a phone and on a desk.

Nothing breaks, leads nowhere, is wider than the screen or violates WCAG 2.2 A or AA; nor do forms that come back with
errors. `make test` walks as one person of each kind, and shows as few pages as hold every kind of element. `make crawl`
is the whole: everybody, two dozen pages of each address, every shape at both widths. It takes half an hour.
"""

import os
from itertools import cycle

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Page

from astcoord.core.roles import Role
from tests.crawl.gather import Gathered, shapes, walks, with_something_new
from tests.crawl.show import DESK, PHONE, Screen

WHOLE = bool(os.environ.get("CRAWL"))
WALKERS = () if WHOLE else (Role.COORDINATOR, Role.HEADTEACHER, Role.AST, Role.GOVERNOR)
LISTS = [
    "placements:placement_list",
    "placements:queue",
    "placements:matches",
    "placements:day_list",
    "placements:letter_rounds",
    "placements:letter_round",
    "evaluation:reviews",
    "evaluation:summaries",
    "schools:list",
    "staff:posts",
    "staff:expertise",
    "staff:people",
    "staff:audit",
]
"""On a desk none of these hides a column beyond its edge, where names and statuses are as long as in real life."""


@pytest.mark.browser
@pytest.mark.django_db
@pytest.mark.usefixtures("quick_print")
def test_no_page_breaks_leads_nowhere_or_shuts_anybody_out(page: Page, clock: time_machine.Traveller) -> None:
    clock.move_to("2027-02-03 09:00 +0000")
    call_command("load_demo", verbosity=0)
    walked = list(walks(*WALKERS, of_each=25 if WHOLE else 1))
    gathered = shapes(found for walk in walked for found in walk.pages())
    assert len({found.name for found in gathered}) > 150, "the walk has lost its way"
    wrong = [words for walk in walked for words in walk.wrong] + _seen(Screen(page), gathered)
    assert not wrong, "\n".join(wrong)


def _seen(screen: Screen, gathered: list[Gathered]) -> list[str]:
    """What is wrong on the screen, with every page at both widths or with the chosen ones at each in turn."""
    widths = cycle([(DESK, PHONE)] if WHOLE else [(PHONE,), (DESK,)])
    wrong: list[str] = []
    for found, at in zip(gathered if WHOLE else with_something_new(gathered), widths, strict=False):
        wrong += screen.problems(found, *at)
    lists = {found.name: found for found in reversed(gathered) if not found.sent}
    for name in LISTS:
        wrong += [
            f"{name} at {width} hides columns" for width in (DESK, 1024) if screen.hides_columns(lists[name], width)
        ]
    return wrong
