"""Which schools have had nothing since a day, and when each was supported last (R-20.6)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.days.models import OutreachDay
from schools.register.models import School
from schools.succession.models import Succession
from tests.cast import Cast
from tests.factories import SchoolFactory
from tests.placements.deployment.working import contracted, delivered, file_of
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
SCHOOLS = reverse("schools:list")
TODAY = date(2026, 10, 6)


def supported(cast: Cast, on: date, host: School | None = None, **facts: Any) -> School:
    """A school with a day written up."""
    placement = contracted(cast, host=host or SchoolFactory(), **facts)
    OutreachDay.objects.create(placement=placement, on=on, days=1, status="done")
    return placement.host


def listed(client: Client, **query: str) -> set[str]:
    """All but those that other placements' factories made up by the way."""
    table = client.get(SCHOOLS, {"per_page": "all", **query}).context["table"]
    used = set(OutreachDay.objects.values_list("placement__host", flat=True))
    made_up = {row.record.pk for row in table.page.object_list if row.record.name.startswith("Thistledown")} - used
    return {row.record.name for row in table.page.object_list if row.record.pk not in made_up}


def test_r_20_6_the_list_answers_nothing_since_two_years(cast: Cast, client: Client) -> None:
    long_ago = supported(cast, date(2024, 10, 5)).name
    on_the_day = supported(cast, date(2024, 10, 6)).name
    lately = supported(cast, date(2026, 9, 29)).name
    client.force_login(cast.coordinator)
    never = {cast.host.name, cast.elsewhere.name, cast.home.name}
    assert listed(client, support="2") == {long_ago, *never}
    assert listed(client, support="3") == listed(client, support="never") == never
    assert listed(client, support="1") == {long_ago, on_the_day, *never}
    assert listed(client, since="2026-09-30") == {long_ago, on_the_day, lately, *never}
    assert listed(client, since_day="29", since_month="9", since_year="2026") == {long_ago, on_the_day, *never}
    page = text(client.get(SCHOOLS, {"support": "2"}))
    assert "No support for two years" in page
    assert "5 October 2024" in page


def test_r_20_6_planned_and_cancelled_days_are_no_support(cast: Cast, client: Client) -> None:
    placement = contracted(cast, host=cast.host)
    OutreachDay.objects.create(placement=placement, on=date(2026, 9, 8), days=1, status="planned")
    OutreachDay.objects.create(
        placement=placement,
        on=date(2026, 9, 15),
        days=1,
        status="cancelled",
        cancelled_by="host",
        cancelled_reason="Snow",
    )
    client.force_login(cast.coordinator)
    assert cast.host.name in listed(client, support="never")


def test_r_20_6_days_before_this_system_count_on_the_day_they_were_entered(cast: Cast, client: Client) -> None:
    placement = contracted(cast, host=cast.host, days_before=Decimal(2), taken_in_on=date(2026, 9, 7))
    delivered(placement, 2, on=date(2026, 9, 7))
    client.force_login(cast.coordinator)
    assert cast.host.name not in listed(client, support="1")
    assert listed(client, since="2026-09-08") == {cast.host.name, cast.home.name, cast.elsewhere.name}
    delivered(placement, -2, on=date(2026, 9, 9))
    assert cast.host.name in listed(client, support="never"), "it was entered by mistake"


def test_r_20_6_last_support_sorts_and_is_in_file_and_print(cast: Cast, client: Client) -> None:
    first, last = supported(cast, date(2025, 3, 4)), supported(cast, date(2026, 9, 29))
    client.force_login(cast.coordinator)
    rows = client.get(SCHOOLS, {"sort": "last_support"}).context["table"].page.object_list
    assert [row.record.pk for row in rows][-2:] == [first.pk, last.pk]
    rows = client.get(SCHOOLS, {"sort": "-last_support"}).context["table"].page.object_list
    assert [row.record.pk for row in rows][:2] == [last.pk, first.pk]
    lines = file_of(client, SCHOOLS, support="1", export="csv")
    assert "Last support" in lines[0]
    assert any(line.startswith(f"{first.name},") and "2025-03-04" in line for line in lines)
    assert any("No support for a year" in line for line in lines)
    printed = text(client.get(SCHOOLS, {"support": "1", "print": "all"}))
    assert "4 March 2025" in printed
    assert "No support for a year" in printed


def test_r_20_6_a_successor_has_what_the_closed_school_had_once_it_is_said_to_follow(
    cast: Cast, client: Client
) -> None:
    old = supported(cast, date(2026, 5, 12))
    middle, new = SchoolFactory(name="Fernleigh Academy"), SchoolFactory(name="Fernleigh Trust School")
    School.objects.filter(pk__in=[old.pk, middle.pk]).update(status="closed")
    client.force_login(cast.coordinator)
    assert new.name in listed(client, support="1")
    wrong = Succession.objects.create(school=old, successor=cast.elsewhere, on=TODAY, replaced=True)
    Succession.objects.create(school=old, successor=middle, on=TODAY)
    Succession.objects.create(school=middle, successor=new, on=TODAY)
    found = listed(client, support="1")
    assert new.name not in found
    assert wrong.successor is not None
    assert wrong.successor.name in found, "an answer that was put right counts no more"
    shown = School.objects.with_last_support(cast.coordinator).in_bulk([old.pk, middle.pk, new.pk])
    assert {each.last_support for each in shown.values()} == {date(2026, 5, 12)}


def test_r_20_6_a_school_closed_for_good_takes_nobody_off_the_list(cast: Cast, client: Client) -> None:
    """No successor: the missing key must not empty the list, as NOT IN with NULL would."""
    Succession.objects.create(school=supported(cast, date(2026, 5, 12)), successor=None, on=TODAY)
    client.force_login(cast.coordinator)
    assert cast.host.name in listed(client, support="1")


def test_r_20_6_a_consultant_counts_the_own_group(cast: Cast, client: Client) -> None:
    maths, music = (
        supported(cast, date(2026, 9, 29)),
        supported(cast, date(2026, 9, 29), subject="music"),
    )
    client.force_login(cast.consultant)
    found = listed(client, support="never")
    assert maths.name not in found
    assert music.name in found
    assert "in the subjects of your group" in text(client.get(SCHOOLS))
    client.force_login(cast.officer)
    assert {maths.name, music.name}.isdisjoint(listed(client, support="never"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"since": "2026-10-07"}, "Choose a day that has come"),
        ({"since_day": "31", "since_month": "2", "since_year": "2026"}, "must be a real date"),
        ({"support": "40"}, "Select last support from the list"),
    ],
)
def test_r_20_6_what_makes_no_sense_is_said_and_narrows_nothing(
    cast: Cast, client: Client, query: dict[str, str], words: str
) -> None:
    client.force_login(cast.coordinator)
    page = client.get(SCHOOLS, query)
    assert words in text(page)
    assert len(page.context["table"].rows) == 3


def test_r_20_6_the_list_asks_as_much_for_1_as_for_30(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(SCHOOLS, {"support": "1", "sort": "last_support"})
        return len(found)

    supported(cast, date(2024, 10, 5))
    asked()
    one = asked()
    for _ in range(29):
        supported(cast, date(2024, 10, 5))
    assert asked() == one <= 12
