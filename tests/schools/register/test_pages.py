"""The pages: who sees which, what they show, what they refuse."""

import csv
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.roles import Role
from schools.calendar.models import Closure
from schools.register.actions import add_status
from schools.register.models import Cluster, School
from tests.factories import SchoolFactory, person
from tests.schools.pages import boxes, signed_in, text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 6)


def names(response: Any) -> list[str]:
    """The schools on a list page."""
    return [record.record.name for record in response.context["table"].page.object_list]


def test_the_list_shows_open_schools_and_filters(office: Client) -> None:
    plain = SchoolFactory(name="Alder School", urn=123456)
    beech = SchoolFactory(name="Beech School", phase="secondary")
    add_status(beech, name="special_measures", starts_on=TODAY, by=None)
    for number, school in enumerate((plain, beech)):
        person("Fern Aldous", f"head{number}@marlshire.example", Role.HEADTEACHER, school)
    SchoolFactory(name="Cedar School", chair_email="")
    SchoolFactory(name="Dogwood School", status="closed")

    def listed(**query: str) -> list[str]:
        return names(office.get(reverse("schools:list"), query))

    assert listed() == ["Alder School", "Beech School", "Cedar School"]
    assert listed(state="all")[-1] == "Dogwood School"
    assert listed(state="closed") == ["Dogwood School"]
    assert listed(phase="secondary") == ["Beech School"]
    assert listed(only="category") == ["Beech School"]
    assert listed(only="gaps") == ["Cedar School"]
    assert listed(q="school alder") == ["Alder School"]
    assert listed(q=str(plain.urn)[:5]) == ["Alder School"]
    assert listed(sort="-name") == ["Cedar School", "Beech School", "Alder School"]
    assert listed(state="nonsense") == ["Alder School", "Beech School", "Cedar School"]
    assert "Special measures" in text(office.get(reverse("schools:list")))


def test_the_file_holds_exactly_the_filtered_rows_and_no_formula(office: Client) -> None:
    SchoolFactory(name="=HYPERLINK(1) School")
    SchoolFactory(name="Closed School", status="closed")
    for number in range(30):
        SchoolFactory(name=f"Number {number:02} School")
    response = office.get(reverse("schools:list"), {"export": "csv", "q": "school"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    every = list(csv.DictReader(lines))
    rows = [row for row in every if not row["School"].startswith("# ")]
    assert len(rows) == 31
    assert every[:31] == rows, "what the file says of itself is after its rows"
    assert every[31]["School"] == "# Schools: 31 schools"
    assert rows[0]["School"] == "'=HYPERLINK(1) School"
    assert set(rows[0]) >= {"School", "URN", "Phase", "Status", "Category", "Postcode"}


@pytest.mark.parametrize("name", ["schools:list", "schools:cannot_host"])
def test_queries_are_as_many_for_one_school_as_for_thirty(office: Client, name: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert office.get(reverse(name)).status_code == 200
        return len(found)

    cluster = Cluster.objects.create(name="Vale", slug="vale")

    def add(count: int) -> None:
        for _ in range(count):
            school = SchoolFactory(chair_email="", cluster=cluster)
            add_status(school, name="special_measures", starts_on=TODAY, by=None)
            add_status(school, name="beacon", starts_on=TODAY, by=None)

    add(1)
    queries()  # caches of content types and the like
    one = queries()
    add(29)
    assert queries() == one <= 12


def test_a_school_page(office: Client, host: School) -> None:
    add_status(host, name="special_measures", starts_on=date(2026, 1, 5), note="Inspection report", by=None)
    School.objects.filter(pk=host.pk).update(website="www.fernleigh.example", chair_email="")
    shown = text(office.get(host.get_absolute_url()))
    for words in ("Special measures", "5 January 2026", "Inspection report", "Still in force", "cannot be reached"):
        assert words in shown
    assert 'href="http://www.fernleigh.example"' in shown


def test_section_g_who_reads_a_school(host: School, head: Client, outsider: Client, officer: Client) -> None:
    chair = signed_in(person("Petra Underhill", "petra@marlshire.example", Role.GOVERNOR, host))
    ast = signed_in(person("Wren Castellow", "wren@marlshire.example", Role.AST, SchoolFactory()))
    codes = {
        client: client.get(host.get_absolute_url()).status_code for client in (head, chair, officer, outsider, ast)
    }
    assert list(codes.values()) == [200, 200, 200, 404, 404]
    assert Client().get(host.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("name", ["list", "cannot_host", "import", "years", "year_add", "closures"])
def test_section_g_the_register_is_the_authoritys(head: Client, officer: Client, name: str) -> None:
    assert head.get(reverse(f"schools:{name}")).status_code == 403
    reading = name in ("list", "cannot_host", "years", "closures")
    assert officer.get(reverse(f"schools:{name}")).status_code == (200 if reading else 403)


def test_an_officer_reads_and_changes_nothing(officer: Client, host: School) -> None:
    row = add_status(host, name="beacon", starts_on=TODAY, by=None)
    for url in (
        reverse("schools:status_add", args=[host.urn]),
        reverse("schools:status_end", args=[host.urn, row.pk]),
        reverse("schools:contacts", args=[host.urn]),
        reverse("schools:year", args=["2026-27"]),
    ):
        assert officer.post(url).status_code == 403
    officer.post(reverse("schools:closures"), {"kind": "inset", **boxes("starts_on", TODAY)})
    assert not Closure.objects.exists()
    assert "status/" not in text(officer.get(host.get_absolute_url()))


def test_own_school(head: Client, host: School) -> None:
    shown = text(head.get(reverse("schools:own")))
    assert host.name in shown
    assert reverse("schools:contacts", args=[host.urn]) in shown
    two = person("Two Schools", "two@marlshire.example", Role.GOVERNOR, host)
    two.roles.create(role=Role.GOVERNOR, school=SchoolFactory(name="Alder School"))
    assert "Alder School" in text(signed_in(two).get(reverse("schools:own")))


def test_a_head_corrects_the_own_schools_contacts_and_no_more(head: Client, outsider: Client, host: School) -> None:
    url = reverse("schools:contacts", args=[host.urn])
    data = {
        "email": "letters@marlshire.example",
        "chair_name": "Ms Q Hollis",
        "chair_email": "hollis@marlshire.example",
        "head_name": "Somebody Else",
        "teacher_count": "99",
    }
    assert head.post(url, data).status_code == 302
    host.refresh_from_db()
    assert (host.email, host.chair_name) == ("letters@marlshire.example", "Ms Q Hollis")
    assert (host.head_name, host.teacher_count) == ("Mrs A Winterbourne", 12)
    assert outsider.post(url, data).status_code == 404
    assert "Enter an email address in the correct format" in text(head.post(url, {**data, "email": "not one"}))


def test_a_governor_reads_and_does_not_correct(host: School) -> None:
    chair = signed_in(person("Petra Underhill", "petra@marlshire.example", Role.GOVERNOR, host))
    assert chair.get(reverse("schools:contacts", args=[host.urn])).status_code == 403


def test_the_office_enters_contacts_and_a_new_cluster(office: Client, host: School) -> None:
    url = reverse("schools:contacts", args=[host.urn])
    data = {"head_name": "Ms R Oakhanger", "teacher_count": "14", "new_cluster": "Vale of Marl"}
    assert office.get(url).status_code == 200
    assert office.post(url, data).status_code == 302
    host.refresh_from_db()
    assert (host.head_name, host.teacher_count, host.cluster.name) == ("Ms R Oakhanger", 14, "Vale of Marl")
    office.post(reverse("schools:contacts", args=[SchoolFactory().urn]), {"new_cluster": "vale of  marl"})
    assert Cluster.objects.count() == 1
    refused = office.post(url, {"cluster": host.cluster.pk, "new_cluster": "Another"})
    assert "not both" in text(refused)


def test_r_1_2_categories_are_recorded_and_ended_on_pages(office: Client, host: School) -> None:
    add, first = reverse("schools:status_add", args=[host.urn]), date(2026, 9, 1)
    assert "Enter the first day" in text(office.post(add, {"name": "special_measures"}))
    assert office.post(add, {"name": "special_measures", **boxes("starts_on", first)}).status_code == 302
    refused = office.post(add, {"name": "serious_weaknesses", **boxes("starts_on", TODAY)})
    assert "Serious weaknesses would overlap with Special measures" in text(refused)
    end = reverse("schools:status_end", args=[host.urn, host.statuses.get().pk])
    assert "on or after 1 September 2026" in text(office.post(end, boxes("ends_on", date(2026, 8, 1))))
    assert office.post(end, boxes("ends_on", TODAY)).status_code == 302
    assert host.statuses.get().ends_on == TODAY
    other = reverse("schools:status_end", args=[SchoolFactory().urn, host.statuses.get().pk])
    assert office.get(other).status_code == 404


def test_r_1_1_the_list_of_schools_that_cannot_yet_host(office: Client) -> None:
    SchoolFactory(name="Alder School", head_name="")
    SchoolFactory(name="College", head_name="", group_code="1")
    SchoolFactory(name="Closed School", head_name="", status="closed")
    response = office.get(reverse("schools:cannot_host"))
    assert names(response) == ["Alder School"]
    assert "The headteacher is missing" in text(response)
