"""Uploading the register: shown first, stored when confirmed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from astcoord.core.roles import Role
from schools.register.models import PendingImport, School
from tests.factories import SchoolFactory, person
from tests.schools.pages import signed_in, text
from tests.schools.register.register import register, row

pytestmark = pytest.mark.django_db


def upload(client: Client, data: bytes, name: str = "edubasealldata20260901.csv", la: str = "999") -> Any:
    return client.post(reverse("schools:import"), {"file": SimpleUploadedFile(name, data), "la": la})


def test_an_upload_is_shown_before_anything_is_stored(office: Client) -> None:
    SchoolFactory(urn=2, la_code="999", name="Old Name School")
    closing = SchoolFactory(urn=3, la_code="999", name="Fernleigh Primary School")
    rows = [
        row(1, "Alder School"),
        row(2, "New Name School"),
        row(3, **{"EstablishmentStatus (code)": "2"}),
        row("nonsense"),
        row(5, **{"LA (code)": "1"}),
    ]
    response = upload(office, register(*rows))
    assert response.status_code == 302
    shown = text(office.get(response.url))
    assert "Row 5: URN “nonsense”" in shown
    assert "name “Old Name School” becomes “New Name School”" in shown
    assert "Schools that have closed" in shown
    assert not School.objects.filter(urn=1).exists()
    assert School.objects.get(urn=2).name == "Old Name School"
    confirmed = office.post(response.url, follow=True)
    assert "Schools: 1 added, 2 changed (1 of them closed), 0 as before." in text(confirmed)
    assert School.objects.get(urn=2).name == "New Name School"
    closing.refresh_from_db()
    assert closing.status == "closed"
    assert not PendingImport.objects.exists()
    assert office.post(response.url).status_code == 404


def test_an_upload_can_be_put_aside_and_is_nobody_elses(office: Client) -> None:
    url = upload(office, register(row(1))).url
    other = signed_in(person("Idris Fenwick-Moss", "idris@marlshire.example", Role.ADMINISTRATOR))
    assert other.get(url).status_code == 404
    assert other.post(url).status_code == 404
    assert office.post(url + "cancel/").status_code == 302
    assert not PendingImport.objects.exists()
    assert not School.objects.exists()


@pytest.mark.parametrize(
    ("data", "la", "words"),
    [
        (b"", "999", "The selected file is empty"),
        (b"PK\x03\x04rubbish", "999", "a damaged archive or workbook"),
        (b"a,b\n1,2\n", "999", "these columns are missing: URN"),
        (register(row(1)), "Marlshire", "Local authority code must be three figures"),
    ],
)
def test_uploads_that_cannot_be_used_are_refused_on_the_page(office: Client, data: bytes, la: str, words: str) -> None:
    response = upload(office, data, la=la)
    assert response.status_code == 200
    assert words in text(response)
    assert not PendingImport.objects.exists()
