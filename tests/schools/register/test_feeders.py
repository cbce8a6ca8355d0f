"""Feeder links are entered, seen on both schools, and taken away again (R-1.1)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from schools.register.actions import link_feeder
from schools.register.models import School
from tests.factories import SchoolFactory
from tests.schools.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def primary() -> School:
    school: School = SchoolFactory(name="Fernleigh Primary School")
    return school


@pytest.fixture
def secondary() -> School:
    school: School = SchoolFactory(name="Ashdown High School", phase="secondary")
    return school


def page_of(school: School) -> str:
    return reverse("schools:feeders", args=[school.urn])


@pytest.mark.parametrize("way", ["from", "to"])
def test_r_1_1_a_feeder_link_is_entered_from_either_school_and_shows_on_both(
    office: Client, primary: School, secondary: School, way: str
) -> None:
    about, other = (secondary, primary) if way == "from" else (primary, secondary)
    assert page_of(about) in text(office.get(about.get_absolute_url()))
    for _ in range(2):
        assert office.post(page_of(about), {"school": other.pk, "way": way})["Location"] == page_of(about)
    assert list(primary.feeds_into.all()) == [secondary]
    assert list(secondary.feeds_into.all()) == []
    assert primary.name in text(office.get(secondary.get_absolute_url()))
    assert secondary.name in text(office.get(primary.get_absolute_url()))
    for school in (primary, secondary):
        event = AuditEvent.objects.about(school).get(verb="Feeder link recorded")
        assert event.after == {"from": primary.name, "to": secondary.name}, "twice is once"

    remove = reverse("schools:feeder_remove", args=[about.urn])
    assert remove in text(office.get(page_of(about)))
    for _ in range(2):
        assert office.post(remove, {"school": other.pk, "way": way})["Location"] == page_of(about)
    assert not primary.feeds_into.exists()
    assert AuditEvent.objects.about(primary).filter(verb="Feeder link removed").count() == 1


def test_r_1_1_what_is_wrong_with_a_feeder_link_is_said(office: Client, primary: School, secondary: School) -> None:
    page = text(office.post(page_of(primary), {}))
    assert "Select a school" in page
    assert "Select which way pupils go" in page
    School.objects.filter(pk=secondary.pk).update(status="closed")
    for other in (primary.pk, secondary.pk, "9" * 30, "x"):
        assert "Error: " in text(office.post(page_of(primary), {"school": other, "way": "to"}))
        office.post(reverse("schools:feeder_remove", args=[primary.urn]), {"school": other, "way": "to"})
    assert not primary.feeds_into.exists()
    with pytest.raises(Refused, match="no school feeds into itself"):
        link_feeder(primary, into=primary, by=None)


def test_r_1_1_a_link_to_a_school_that_has_closed_since_can_be_taken_away(
    office: Client, primary: School, secondary: School
) -> None:
    link_feeder(primary, into=secondary, by=None)
    School.objects.filter(pk=secondary.pk).update(status="closed")
    office.post(reverse("schools:feeder_remove", args=[primary.urn]), {"school": secondary.pk, "way": "to"})
    assert not primary.feeds_into.exists()


def test_the_page_costs_the_same_for_thirty(office: Client, secondary: School) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            office.get(page_of(secondary))
        return len(queries)

    link_feeder(SchoolFactory(), into=secondary, by=None)
    cost()
    before = cost()
    for _ in range(29):
        link_feeder(SchoolFactory(), into=secondary, by=None)
    assert cost() == before
