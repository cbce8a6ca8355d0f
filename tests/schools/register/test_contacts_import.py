"""E-mail addresses for letters: from a file, by URN, previewed, repeatable (R-1.1, R-5.1)."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from schools.register.imports.contacts import compare, read_contacts, store
from schools.register.models import School
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(cast: Cast) -> bytes:
    """One school that changes, one that stays, an unknown one, a bad address, no URN, and one twice."""
    rows = [
        "Email,urn,Head_Name,chair_email,notes",
        f"new@marlshire.example,{cast.host.urn},Ms R Oakhanger,,x",
        f",{cast.home.urn},Mr T Ashgrove,,",
        "a@marlshire.example,123456,,,",
        f"not an address,{cast.elsewhere.urn},,,",
        "b@marlshire.example,,,,",
        f"c@marlshire.example,{cast.host.urn},,,",
    ]
    return "\n".join(rows).encode()


def test_r_1_1_contacts_are_read_by_column_name_and_bad_rows_are_told_with_their_line(cast: Cast, data: bytes) -> None:
    difference = store(read_contacts(data), by=cast.administrator)
    assert str(difference) == "updated=1 unchanged=1 errors=4"
    assert [error.line for error in difference.errors] == [4, 5, 6, 7]
    assert School.objects.get(pk=cast.host.pk).email == "new@marlshire.example"
    assert School.objects.get(pk=cast.host.pk).chair_email == cast.host.chair_email
    assert AuditEvent.objects.about(cast.host).get().after == {"email": "new@marlshire.example"}


def test_r_1_1_a_second_run_changes_nothing(cast: Cast, data: bytes) -> None:
    store(read_contacts(data), by=None)
    assert str(compare(read_contacts(data))) == "updated=0 unchanged=2 errors=4"


def test_a_file_without_the_columns_is_refused() -> None:
    with pytest.raises(Refused, match="no column urn"):
        read_contacts(b"school,email\nx,y@z.example\n")


def test_the_command_says_what_it_did(
    cast: Cast, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_bytes(data)
    with pytest.raises(SystemExit):
        call_command("import_contacts", str(file))
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-1] == "updated=1 unchanged=1 errors=4"
    assert "Row 5: “not an address” is not an e-mail address" in shown.err


def test_nothing_is_stored_before_the_preview_is_confirmed(cast: Cast, data: bytes, client: Client) -> None:
    client.force_login(cast.administrator)
    file = BytesIO(data)
    file.name = "contacts.csv"
    response = client.post(reverse("schools:import_contacts"), {"file": file})
    preview = response["Location"]
    page = client.get(preview).content.decode()
    assert "new@marlshire.example" in page
    assert "Row 4" in page
    assert School.objects.get(pk=cast.host.pk).email == cast.host.email
    client.force_login(cast.coordinator)
    assert client.get(preview).status_code == 404
    client.force_login(cast.administrator)
    client.post(preview)
    assert School.objects.get(pk=cast.host.pk).email == "new@marlshire.example"
    client.force_login(cast.host_head)
    assert client.get(reverse("schools:import_contacts")).status_code == 403
