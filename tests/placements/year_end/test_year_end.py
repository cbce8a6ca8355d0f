"""The turn of the year: asked from May on, done by one action, and September can be asked for in July (R-17.13)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import home
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.placement.models import Placement
from placements.priorities import reads as priorities
from placements.priorities.actions import PRIORITIES
from placements.priorities.models import Priority
from placements.year_end import reads
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year
from tests.cast import Cast
from tests.factories import PriorityFactory
from tests.placements import stories
from tests.placements.requests.asking import begun, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
JULY = date(2027, 7, 5)


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.coordinator)
    return client


def move(clock: time_machine.Traveller, client: Client, cast: Cast) -> None:
    """To July, and signed in there: no session lasts that long."""
    clock.move_to(JULY)
    client.force_login(cast.coordinator)


def page(client: Client) -> str:
    response = client.get(reverse("placements:open_year"))
    assert response.status_code == 200
    return response.content.decode()


def press(client: Client, **sent: Any) -> Any:
    return client.post(reverse("placements:open_year"), sent, follow=True)


def task_of(cast: Cast) -> list[str]:
    return [task.title for task in home.tasks_for(cast.coordinator, today()) if "the school year" in task.title]


def enter(slug: str, cast: Cast) -> AcademicYear:
    return save_year(default_year(slug), by=cast.coordinator)


def test_r_17_13_a_year_is_opened_by_one_action_and_the_last_one_stays(
    office: Client, cast: Cast, clock: time_machine.Traveller
) -> None:
    placement = stories.active(cast)
    ends = PriorityFactory(reference="EDP 1", name="Reading", last_year=2026)
    reached = PriorityFactory(reference="EDP 2", name="Writing", last_year=2026)
    spent = ledger.balance(placement.post, AcademicYear.objects.get(slug="2026-27"))
    move(clock, office, cast)
    Placement.objects.filter(pk=placement.pk).update(ends_on=date(2027, 11, 30))

    assert task_of(cast) == ["Open the school year 2027/28"]
    before = page(office)
    assert "2027/28 is not entered yet" in before
    assert reverse("schools:year", args=["2027-28"]) in before
    assert "Open 2027/28" not in before, "not before its terms are entered"
    assert "Enter the terms of 2027/28 first" in press(office).content.decode()

    year = enter("2027-28", cast)
    assert ledger.balance(placement.post, year).budget == spent.budget, "ASTs have its days as soon as it is entered"
    done = press(office, go_on=[ends.pk])
    assert "2027/28 is open. 1 priority goes on." in done.content.decode()
    assert task_of(cast) == []
    budget = ledger.balance(placement.post, year)
    assert budget.budget == spent.budget
    assert budget.contracted > 0, "a contract over the summer stands in both years"
    assert {p.reference: p.last_year for p in Priority.objects.all()} == {"EDP 1": 2027, "EDP 2": 2026}
    event = AuditEvent.objects.get(verb="School year opened")
    assert event.after["priorities that go on"] == [str(ends)]
    assert str(reached) not in str(event.after)
    last = office.get(reverse("placements:balance", args=[placement.post_id]), {"year": "2026-27"})
    assert "2026/27" in last.content.decode()
    assert f"{ledger.balance(placement.post, year).budget:f}".rstrip("0").rstrip(".") in page(office)


def test_a_second_press_and_a_second_person_change_nothing(
    office: Client, cast: Cast, clock: time_machine.Traveller
) -> None:
    move(clock, office, cast)
    enter("2027-28", cast)
    press(office)
    entries, opened = LedgerEntry.objects.count(), AcademicYear.objects.get(slug="2027-28").opened_on
    again = press(office).content.decode()
    assert "2027/28 is open." in again
    assert LedgerEntry.objects.count() == entries
    assert AcademicYear.objects.get(slug="2027-28").opened_on == opened == JULY
    assert AuditEvent.objects.filter(verb="School year opened").count() == 1
    assert "This year was opened on" in page(office)


def test_a_priority_that_somebody_else_has_ended_meanwhile_is_said_and_nothing_is_opened(
    office: Client, cast: Cast, clock: time_machine.Traveller
) -> None:
    move(clock, office, cast)
    enter("2027-28", cast)
    ends = PriorityFactory(last_year=2026)
    PRIORITIES.end(row=ends, by=cast.coordinator)
    PriorityFactory(last_year=2026)
    assert "has been changed meanwhile" in press(office, go_on=[ends.pk]).content.decode()
    assert AcademicYear.objects.get(slug="2027-28").opened_on is None


@pytest.mark.parametrize(
    ("day", "slug"),
    [
        (date(2027, 4, 30), None),
        (date(2027, 5, 1), "2027-28"),
        (date(2027, 9, 1), "2027-28"),
        (date(2027, 12, 31), "2027-28"),
        (date(2028, 1, 1), None),
    ],
)
def test_it_is_asked_from_may_to_december(
    cast: Cast, clock: time_machine.Traveller, day: date, slug: str | None
) -> None:
    clock.move_to(day)
    assert reads.waiting(day) == slug


def test_the_first_year_of_an_authority_is_not_opened(office: Client, cast: Cast) -> None:
    assert AcademicYear.objects.count() == 1
    assert task_of(cast) == []
    assert "No school year to open" in page(office)


def test_what_is_left_to_finish_and_overdrawn_is_named(
    office: Client, cast: Cast, clock: time_machine.Traveller
) -> None:
    placement = stories.active(cast)
    move(clock, office, cast)
    year = enter("2027-28", cast)
    press(office)
    LedgerEntry.objects.create(
        post=placement.post, year=year, kind="activity", days=Decimal(100), on=year.starts_on, source="activity 1"
    )
    shown = page(office)
    assert "Overdrawn" in shown
    assert "Still to be finished" in shown
    assert placement.reference in shown


def test_the_page_costs_the_same_for_thirty(office: Client, cast: Cast, clock: time_machine.Traveller) -> None:
    move(clock, office, cast)
    enter("2027-28", cast)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(office)
        return len(queries)

    PriorityFactory(last_year=2026)
    page(office)
    one = cost()
    for _ in range(30):
        PriorityFactory(last_year=2026)
    assert cost() == one


def test_r_17_13_in_july_septembers_priorities_are_offered(
    client: Client, cast: Cast, clock: time_machine.Traveller
) -> None:
    """Given July, when the head asks for September, then September's priorities are offered."""
    this = PriorityFactory(reference="EDP 1", name="Reading", last_year=2026)
    coming = PriorityFactory(reference="EDP 2", name="Writing", first_year=2027)
    clock.move_to(JULY)
    enter("2027-28", cast)
    client.force_login(cast.host_head)
    draft = begun(client)
    step = url("request_step", draft.pk, "priorities")
    shown = client.get(step).content.decode()
    assert "EDP 1 Reading" in shown
    assert "EDP 2 Writing (from 2027-28)" in shown

    client.post(step, {"priorities": [this.pk]})
    draft.refresh_from_db()
    draft.wanted_from = date(2027, 9, 6)
    draft.save(update_fields=["wanted_from"])
    assert "EDP 1 Reading" not in client.get(step).content.decode().partition("</form>")[0]
    check = client.post(url("request_check", draft.pk)).content.decode()
    assert "“EDP 1 Reading” is not one of the authority’s priorities for that time." in check
    assert client.post(step, {"priorities": [coming.pk]}).status_code == 302
    assert list(draft.priorities.all()) == [coming]


def test_in_autumn_only_this_years_are_offered_to_who_has_no_date_yet(cast: Cast) -> None:
    PriorityFactory(first_year=2027)
    runs = PriorityFactory(first_year=2026)
    assert priorities.offered(today(), begins=None) == [runs]
