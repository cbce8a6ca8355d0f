"""Every page of the schools, in a real browser, for accessibility."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from astcoord.core.roles import Role
from schools.calendar.actions import add_closure, save_year
from schools.calendar.years import default_year
from schools.register.actions import add_status
from schools.register.imports.register import read_register
from schools.register.models import PendingImport
from tests.browser import browser_session
from tests.factories import SchoolFactory, person
from tests.schools.register.register import register, row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_is_accessible(page: Any, live_server: Any, axe: Callable[..., Any]) -> None:
    office = person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR)
    school = SchoolFactory(name="Fernleigh Primary School", chair_email="")
    add_status(school, name="special_measures", starts_on=date(2026, 1, 5), by=None)
    ended = add_status(school, name="beacon", starts_on=date(2025, 1, 6), ends_on=date(2025, 7, 31), by=None)
    save_year(default_year("2026-27"), by=None)
    add_closure(kind="closed", name="Polling", starts_on=date(2027, 5, 6), ends_on=date(2027, 5, 6), by=None)
    reading = read_register(register(row(school.urn, "New Name School"), row("x")))
    pending = PendingImport.objects.create(by_pk=office.pk, filename="register.csv", reading=reading.as_json())
    browser_session(page, live_server, office)
    for url in (
        reverse("schools:list"),
        reverse("schools:cannot_host"),
        school.get_absolute_url(),
        reverse("schools:contacts", args=[school.urn]),
        reverse("schools:status_add", args=[school.urn]),
        reverse("schools:feeders", args=[school.urn]),
        reverse("schools:status_end", args=[school.urn, ended.pk]),
        reverse("schools:import"),
        reverse("schools:import_preview", args=[pending.pk]),
        reverse("schools:years"),
        reverse("schools:year_add"),
        reverse("schools:year", args=["2026-27"]),
        reverse("schools:closures"),
    ):
        page.goto(live_server.url + url)
        axe()
    page.goto(live_server.url + reverse("schools:status_add", args=[school.urn]))
    page.get_by_role("button", name="Record").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe()


def test_r_17_2_a_file_of_contacts_is_loaded_on_a_phone(page: Any, live_server: Any, axe: Callable[..., Any]) -> None:
    office = person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR)
    school = SchoolFactory(name="Fernleigh Primary School", email="")
    data = f"School URN;Office\n{school.urn}.0;office@marlshire.example\n1;nobody\n".encode()
    browser_session(page, live_server, office)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(live_server.url + reverse("schools:import_contacts"))
    axe()
    page.get_by_label("File").set_input_files({"name": "contacts.csv", "mimeType": "text/csv", "buffer": data})
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("URN (optional)", exact=True)).to_have_value("School URN")
    axe()
    page.get_by_label("E-mail address for letters").select_option("Office")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Row 3: no school has URN 1")).to_be_visible()
    axe()
    page.get_by_role("button", name="Store these rows").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe()
    page.get_by_label("Store the good rows now").check()
    page.get_by_role("button", name="Store these rows").click()
    expect(page.get_by_role("heading", name="Rows that were left out")).to_be_visible()
    axe()
    school.refresh_from_db()
    assert school.email == "office@marlshire.example"


def test_a_head_sees_the_own_school(page: Any, live_server: Any, axe: Callable[..., Any]) -> None:
    school = SchoolFactory(name="Fernleigh Primary School")
    browser_session(page, live_server, person("Rowan Oakhanger", "rowan@marlshire.example", Role.HEADTEACHER, school))
    page.goto(live_server.url + reverse("schools:own"))
    axe()
    page.get_by_role("link", name="Correct the contacts").click()
    axe()
    page.get_by_label("Chair of governors").fill("Ms Q Hollis")
    page.get_by_role("button", name="Save contacts").click()
    expect(page.get_by_text("Ms Q Hollis", exact=True)).to_be_visible()
