"""Writing up a day in a car park: what the page gives its script, and no dead end (issue 15; docs/decisions/0029)."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.ui import away
from placements.days.actions import days, parts
from placements.days.rules.parts import usual
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture
def placement(cast: Cast, clock: Any) -> Placement:
    clock.move_to(TODAY)
    return active(cast)


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, placement: Placement) -> str:
    return client.get(reverse("evaluation:write_up", args=[placement.pk])).content.decode()


def test_the_plan_of_the_day_stands_above_the_form(cast: Cast, placement: Placement) -> None:
    day = days.plan_day(placement=placement, on=TODAY, days=Decimal(1), by=cast.ast)
    parts.plan_parts(day=day, parts=usual(day.days), seen=0, by=cast.ast)
    page = read(as_(cast.ast), placement)
    assert page.index("What was planned") < page.index("Main priorities")


def test_each_has_a_key_of_their_own_that_stays_the_same(cast: Cast, placement: Placement) -> None:
    ast, office = as_(cast.ast), as_(cast.coordinator)
    key = re.compile(r'data-kept-key="([^"]{44})"')
    mine = [key.search(read(as_(cast.ast), placement)) for _ in range(2)]
    theirs = key.search(read(office, placement))
    assert mine[0]
    assert mine[1]
    assert theirs
    assert mine[0][1] == mine[1][1] == away.key_of(cast.ast) != theirs[1]
    assert "data-kept-key" not in ast.get("/").content.decode()
    assert "data-kept-for" not in Client().get(reverse("account_login"), follow=True).content.decode()


def test_whether_a_form_has_arrived_is_told_to_whoever_sent_it(cast: Cast, placement: Placement) -> None:
    ast, key = as_(cast.ast), "k" * 22
    asked = reverse("was_sent", args=[key])
    assert ast.get(asked).json() == {"sent": False}
    wrong = {"form_key": key, "on": "2026-11-24", "days": "1", "venue": "host"}
    url = reverse("evaluation:write_up", args=[placement.pk])
    ast.post(url, {**wrong, "submit": ""})
    assert ast.get(asked).json() == {"sent": False}  # it came back with an error
    right = {**wrong, "priorities": "Fractions", "activities": "willing_teachers", "talk_held": "yes", "submit": ""}
    assert ast.post(url, right).status_code == 302
    assert ast.get(asked).json() == {"sent": True}
    assert as_(cast.host_head).get(asked).json() == {"sent": False}


def test_a_placement_that_is_over_says_so_and_whom_to_ask(cast: Cast, placement: Placement) -> None:
    Placement.objects.filter(pk=placement.pk).update(status=PlacementStatus.COMPLETED)
    page = read(as_(cast.ast), placement)
    assert "This day cannot be written up" in page
    assert "“Completed”" in page
    assert "ask the AST co-ordinator" in page
    assert "Main priorities" not in page
    assert "data-kept-key" in page  # what was typed before on this device can be copied
