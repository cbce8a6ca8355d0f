"""Entering and changing years and closed days in the browser."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear, Closure, HalfTerm
from schools.calendar.years import default_year
from tests.schools.pages import boxes, text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 6)


def year_data(**changes: date) -> dict[str, int]:
    """The form of 2026-27, with other dates for some fields."""
    plan = default_year("2026-27")
    dates = {"starts_on": plan.first, "ends_on": plan.last}
    for half in plan.halves:
        dates |= {f"{half.key}_starts_on": half.first, f"{half.key}_ends_on": half.last}
    return {key: value for name, day in {**dates, **changes}.items() for key, value in boxes(name, day).items()}


def test_a_year_is_entered_and_changed_on_one_page(office: Client) -> None:
    chosen = office.post(reverse("schools:year_add"), {"slug": "2026-27"})
    assert chosen.url == reverse("schools:year", args=["2026-27"])
    assert "not yet saved" in text(office.get(chosen.url))
    assert not AcademicYear.objects.exists()
    assert office.post(chosen.url, year_data()).status_code == 302
    assert HalfTerm.objects.count() == 6
    assert office.post(chosen.url, year_data(summer_2_ends_on=date(2027, 7, 16))).status_code == 302
    assert HalfTerm.objects.get(slug="summer-2027-2").ends_on == date(2027, 7, 16)
    shown = text(office.get(reverse("schools:years")))
    assert "16 July 2027" in shown
    assert "2026-27" not in text(office.get(reverse("schools:year_add")))


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"autumn_1_ends_on": date(2026, 8, 1)}, "before it starts on 1 September 2026", "autumn_1_starts_on"),
        (
            {"autumn_2_starts_on": date(2026, 10, 20)},
            "must start after the one before it has ended",
            "autumn_2_starts_on",
        ),
        ({"ends_on": date(2027, 7, 1)}, "must lie within the year", "summer_2_starts_on"),
        ({"ends_on": date(2026, 7, 1)}, "before it starts on", "ends_on"),
    ],
)
def test_a_year_that_cannot_be_is_refused_on_its_field(
    office: Client, changes: dict[str, date], words: str, field: str
) -> None:
    save_year(default_year("2026-27"), by=None)
    response = office.post(reverse("schools:year", args=["2026-27"]), year_data(**changes))
    assert response.status_code == 200
    assert words in str(response.context["form"].errors[field])
    assert HalfTerm.objects.get(slug="autumn-2026-1").ends_on == date(2026, 10, 23)


def test_what_is_no_year_is_not_found(office: Client) -> None:
    assert office.get(reverse("schools:year", args=["2026-29"])).status_code == 404
    assert office.get(reverse("schools:year", args=["summer"])).status_code == 404


def test_closed_days_are_added_and_removed(office: Client) -> None:
    url = reverse("schools:closures")
    data = {"kind": "inset", "name": "Moderation", **boxes("starts_on", TODAY)}
    assert office.post(url, data).status_code == 302
    assert "overlap" in text(office.post(url, data))
    closure = Closure.objects.get()
    assert closure.ends_on == TODAY
    remove = reverse("schools:closure_remove", args=[closure.pk])
    assert office.get(remove).status_code == 405
    assert office.post(remove).status_code == 302
    assert not Closure.objects.exists()
