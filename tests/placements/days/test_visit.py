"""The visit to the AST's own school, in the first third of the days (R-10.2)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from placements.days import tasks
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active

pytestmark = pytest.mark.django_db
TUESDAYS = [date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24)]
DAY_THREE = datetime(2026, 11, 17, 9, tzinfo=UTC)


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Nine days; three of them have come by 17 November."""
    placement = active(cast, days=Decimal(9))
    for on in TUESDAYS:
        OutreachDay.objects.create(placement=placement, on=on, days=1)
    return placement


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def reminded() -> list[str]:
    return sorted(Message.objects.filter(kind="visit-missing").values_list("to_email", flat=True))


def test_r_10_2_nine_days_and_none_planned_by_day_three_alerts_once(
    cast: Cast, placement: Placement, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2026, 11, 16, 9, tzinfo=UTC))
    assert tasks.remind_of_visits() == 0
    clock.move_to(DAY_THREE)
    assert tasks.remind_of_visits() == 3
    assert reminded() == sorted([cast.host_head.email, cast.home_head.email, cast.ast.email])
    assert tasks.remind_of_visits() == 0


def test_r_10_2_a_planned_visit_is_no_alert(
    cast: Cast, placement: Placement, clock: time_machine.Traveller, client: Client
) -> None:
    placement.outreach_days.filter(on=TUESDAYS[3]).update(venue="home")
    clock.move_to(DAY_THREE)
    assert tasks.remind_of_visits() == 0
    page = as_(client, cast.ast).get(reverse("evaluation:placement_diary", args=[placement.pk])).content.decode()
    assert "24 November 2026" in page
    assert "later than the first third of the days" in page


def test_r_10_2_a_cancelled_visit_does_not_count(
    cast: Cast, placement: Placement, clock: time_machine.Traveller
) -> None:
    day = placement.outreach_days.get(on=TUESDAYS[0])
    day.venue, day.status, day.cancelled_by, day.cancelled_reason = "home", "cancelled", "host", "Snow"
    day.save()
    clock.move_to(datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert tasks.remind_of_visits() == 3


@pytest.mark.parametrize("who", ["host_head", "home_head", "coordinator"])
def test_r_10_2_a_waiver_needs_a_reason_from_a_head(
    client: Client, cast: Cast, placement: Placement, clock: time_machine.Traveller, who: str
) -> None:
    person, page = getattr(cast, who), reverse("placements:visit_waive", args=[placement.pk])
    assert "Enter a short reason" in as_(client, person).post(page, {"reason": " "}).content.decode()
    client.post(page, {"reason": "The school is being rebuilt."})
    clock.move_to(DAY_THREE)
    assert tasks.remind_of_visits() == 0
    diary = as_(client, person).get(reverse("evaluation:placement_diary", args=[placement.pk])).content.decode()
    assert "The school is being rebuilt." in diary
    event = AuditEvent.objects.about(placement).get(verb="visit to the AST’s school waived")
    assert (event.by, event.reason) == (person, "The school is being rebuilt.")
    client.post(reverse("placements:visit_expect", args=[placement.pk]))
    assert tasks.remind_of_visits() == 3


def test_the_ast_does_not_waive_it(client: Client, cast: Cast, placement: Placement) -> None:
    assert as_(client, cast.ast).get(reverse("placements:visit_waive", args=[placement.pk])).status_code == 403


def test_before_it_is_active_there_is_nothing_to_waive(client: Client, cast: Cast, placement: Placement) -> None:
    Placement.objects.filter(pk=placement.pk).update(status="signed")
    page = reverse("placements:visit_waive", args=[placement.pk])
    answer = as_(client, cast.host_head).post(page, {"reason": "Rebuilding."})
    assert "no longer possible" in answer.content.decode()


def test_governors_and_officers_do_not_read_why(client: Client, cast: Cast, placement: Placement) -> None:
    Placement.objects.filter(pk=placement.pk).update(visit_waived_reason="Juno Pettifer cannot travel.")
    page = reverse("evaluation:placement_diary", args=[placement.pk])
    assert "cannot travel" not in as_(client, cast.officer).get(page).content.decode()
    at_home = as_(client, cast.home_head).get(page).content.decode()
    assert "cannot travel" in at_home
    assert "Pettifer" not in at_home


def test_the_nightly_reminder_asks_the_same_for_one_placement_and_for_many(
    cast: Cast, placement: Placement, clock: time_machine.Traveller
) -> None:
    clock.move_to(DAY_THREE)
    tasks.remind_of_visits()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert tasks.remind_of_visits() == 0
        counts.append(len(queries))
        for _ in range(10):
            OutreachDay.objects.create(placement=cast.placement(status="active"), on=TUESDAYS[0], days=1)
    assert counts[0] == counts[1]
