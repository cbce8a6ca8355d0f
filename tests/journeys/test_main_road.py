"""The main road, end to end, in a real browser: from the term's letters to the governors' summary.

Everything is done by clicking, each step by the person whose step it is, and every page on the way is checked for
accessibility. The clock moves on between the steps. It is walked twice: with the cast's invented schools, and, where
the shared data are, with two schools of a real authority's register.
"""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Page

from placements.placement.models import Placement
from schools.register.models import School
from tests import SHARED_DATA
from tests.cast import Cast, make_cast
from tests.journeys import road
from tests.journeys.walk import Axe, Walk

REGISTER = SHARED_DATA / "leeds" / "gias_2023-07.csv"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walk(page: Page, live_server: Any, axe: Axe) -> Walk:
    return Walk(page, live_server, axe)


def test_the_main_road(walk: Walk, cast: Cast, clock: time_machine.Traveller) -> None:
    _walk_it(walk, cast, clock)


@pytest.mark.skipif(not REGISTER.is_file(), reason="the shared data are not here")
def test_the_main_road_on_a_real_register(walk: Walk, db: None, clock: time_machine.Traveller) -> None:
    call_command("import_schools", str(REGISTER), "--la", "383", verbosity=0)
    schools = School.objects.open().order_by("urn")
    home = schools.filter(phase="secondary", group_code="4", easting__isnull=False)[0]
    host, elsewhere = schools.filter(phase="primary", group_code="4", easting__isnull=False)[:2]
    for school in (home, host, elsewhere):
        school.email = f"office-{school.urn}@schools.example"
        school.chair_name, school.chair_email = "The chair of governors", f"chair-{school.urn}@schools.example"
        school.save()
    _walk_it(walk, make_cast(home, host, elsewhere), clock)


def _walk_it(walk: Walk, cast: Cast, clock: time_machine.Traveller) -> None:
    road.letters_go_out(walk, cast)
    road.the_list_of_priorities(walk)
    road.a_head_asks(walk, cast)
    road.a_match_is_made(walk, cast)
    placement = Placement.objects.get()
    clock.move_to(datetime(2026, 10, 9, 9, tzinfo=UTC))
    road.the_preliminary_meeting(walk, cast, placement)
    road.the_ten_items(walk, cast, placement)
    road.terms_and_objectives(walk, cast, placement)
    road.juno_confirms(walk)
    road.cover_and_contract(walk, cast, placement)
    road.four_signatures(walk, cast, placement)
    clock.move_to(datetime(2026, 11, 10, 16, tzinfo=UTC))
    road.the_diary(walk, cast, placement)
    clock.move_to(datetime(2026, 12, 4, 16, tzinfo=UTC))
    road.the_impact_review(walk, cast, placement)
    road.governors_read(walk, cast)
