"""Contacts from a council's own file: any columns, previewed whole, good rows only when asked (R-17.2, R-1.1)."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from astcoord.core import retention
from astcoord.core.clock import today
from astcoord.core.loading import Entry
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.loading import KEPT, PendingUpload, RememberedColumns
from schools.register.imports.contacts import ContactsFile
from schools.register.models import School
from tests.cast import Cast
from tests.factories import SchoolFactory
from tests.schools import pages
from tests.workbooks import xlsx

pytestmark = pytest.mark.django_db
UPLOAD = "schools:import_contacts"


def text(response: Any) -> str:
    """What a page says, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", pages.text(response)).split())


def sent(client: Client, data: bytes, name: str = "contacts.csv") -> str:
    """The address of the page that asks which column is what."""
    response = client.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302, text(response)
    return str(response["Location"])


def mapped(client: Client, at: str, **mapping: str) -> Any:
    """The preview."""
    response = client.post(at, mapping)
    assert response.status_code == 302, text(response)
    return client.get(response["Location"])


def judged(**cells: str) -> Any:
    return ContactsFile().judge([Entry(2, cells)])


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    client.force_login(cast.administrator)
    return client


def test_r_17_2_a_semicolon_file_with_own_columns_is_mapped_loaded_and_a_rerun_changes_nothing(
    cast: Cast, office: Client
) -> None:
    """The rule's example, with blank first lines, `101720.0`, stray spaces, two addresses, capitals."""
    data = (
        "\r\n;;\r\nSchool URN;Head e-mail;Leader\r\n"
        f"{cast.host.urn}.0; new@marlshire.example / other@marlshire.example ;MR J SMITH (Acting)\r\n"
        f"{cast.home.urn};;\r\n"
    ).encode("windows-1252")
    at = sent(office, data)
    form = office.get(at)
    assert 'value="School URN" selected' in form.content.decode()
    assert 'value="Head e-mail" selected' in form.content.decode()
    mapping = {"urn": "School URN", "email": "Head e-mail", "head_name": "Leader"}
    page = text(mapped(office, at, **mapping))
    assert "of several addresses the first is taken, and left out: other@marlshire.example" in page
    assert "becomes “Mr J Smith”" in page
    assert School.objects.get(pk=cast.host.pk).email == cast.host.email, "nothing is stored yet"
    preview = at.replace("columns/", "")
    assert office.post(preview).status_code == 302
    host = School.objects.get(pk=cast.host.pk)
    assert (host.email, host.head_name, host.chair_email) == (
        "new@marlshire.example",
        "Mr J Smith",
        cast.host.chair_email,
    )
    told = {"email": host.email, "email_is_own": True, "head_name": "Mr J Smith"}
    assert AuditEvent.objects.about(cast.host).get().after == told
    assert office.post(preview).status_code == 404, "sent twice, stored once"
    again = sent(office, data)
    assert 'value="Leader" selected' in office.get(again).content.decode(), "the choice is remembered"
    page = text(mapped(office, again, **mapping))
    assert "There is nothing to store" in page
    assert "Schools that stay as they are 2" in page


def test_r_17_2_good_rows_are_kept_only_when_asked_and_the_refused_ones_come_back(cast: Cast, office: Client) -> None:
    rows: list[list[Any]] = [
        ["URN", "Email", "Note"],
        [cast.host.urn, "new@marlshire.example", "x"],
        [cast.home.urn, "not an address", "=1+1"],
        [123456, "a@marlshire.example", ""],
    ]
    at = sent(office, xlsx(rows), "contacts.xlsx")
    shown = mapped(office, at, urn="URN", email="Email")
    assert "Row 3: “not an address” is not an e-mail address" in text(shown)
    assert "Row 4: no school has URN 123456" in text(shown)
    preview = at.replace("columns/", "")
    refused = office.post(preview)
    assert "Tick the box to store the good rows" in text(refused)
    assert School.objects.get(pk=cast.host.pk).email == cast.host.email
    left = office.post(preview, {"good_rows": "on"}, follow=True)
    assert "Rows that were left out" in text(left)
    assert School.objects.get(pk=cast.host.pk).email == "new@marlshire.example"
    file = b"".join(office.get(f"{preview}refused/").streaming_content)  # type: ignore[attr-defined]
    lines = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert lines[0] == ["URN", "Email", "Note", "What is wrong"]
    assert [line[:3] for line in lines[1:]] == [
        [str(cast.home.urn), "not an address", "'=1+1"],
        ["123456", "a@marlshire.example", ""],
    ]
    assert all(line[3] for line in lines[1:])
    corrected = file.replace(b"not an address", b"right@marlshire.example")
    page = text(mapped(office, sent(office, corrected), urn="URN", email="Email"))
    assert "Schools that will change 1" in page
    assert "What is wrong" not in [column.field for column in ContactsFile.columns]


def test_r_17_2_all_changes_are_shown_page_by_page(cast: Cast, office: Client) -> None:
    schools = [SchoolFactory(urn=800_000 + n, email="") for n in range(120)]
    data = "URN,email\n" + "".join(f"{school.urn},s{school.urn}@marlshire.example\n" for school in schools)
    at = sent(office, data.encode())
    first = mapped(office, at, urn="URN", email="email")
    preview = at.replace("columns/", "")
    shown = [text(first), *(text(office.get(f"{preview}?page={n}")) for n in (2, 3))]
    assert [page.count("@marlshire.example”") for page in shown] == [50, 50, 20]
    assert "?page=3" in first.content.decode()


def test_r_17_2_an_upload_is_its_senders_alone(cast: Cast, office: Client) -> None:
    at = sent(office, b"URN,email\n1,a@b.example\n")
    for who, status in ((cast.coordinator, 404), (cast.host_head, 403)):
        office.force_login(who)
        for address in (at, at.replace("columns/", ""), at.replace("columns", "refused")):
            assert office.get(address).status_code == status
        assert office.post(at.replace("columns", "cancel")).status_code == status
    assert PendingUpload.objects.count() == 1


def test_r_17_2_a_list_that_nobody_stores_is_gone_after_a_day(cast: Cast, office: Client) -> None:
    sent(office, b"URN,email\n1,a@b.example\n")
    line = next(line for line in retention.schedule() if line.what == KEPT)
    assert line.apply is not None
    assert line.apply(today() + timedelta(days=1)) == 0
    assert line.apply(today() + timedelta(days=2)) == 1
    assert not PendingUpload.objects.exists()


@pytest.mark.parametrize(
    ("name", "most"),
    [("schools:import_contacts", 2_000), ("staff:import_asts", 200), ("placements:import_placements", 100)],
)
def test_a_list_of_more_rows_than_a_page_can_wait_for_is_refused(
    cast: Cast, client: Client, name: str, most: int
) -> None:
    client.force_login(cast.coordinator)

    def sent_with(rows: int) -> Any:
        file = SimpleUploadedFile("list.csv", b"URN,Email\n" + b"1,office@marlshire.example\n" * rows)
        return client.post(reverse(name), {"file": file})

    assert f"A file may have up to {most:,} rows." in text(client.get(reverse(name)))
    assert f"The file has more than {most:,} rows: divide it." in text(sent_with(most + 1))
    assert not PendingUpload.objects.exists()
    assert sent_with(most).status_code == 302


def test_columns_that_are_missing_or_taken_twice_are_said(cast: Cast, office: Client) -> None:
    at = sent(office, b"Nummer,Adresse\n1,a@b.example\n")
    assert "Choose the column with the schools’ URN" in text(office.post(at, {"email": "Adresse"}))
    assert "Choose at least one column of contacts" in text(office.post(at, {"urn": "Nummer"}))
    assert "“Nummer” is URN already" in text(office.post(at, {"urn": "Nummer", "email": "Nummer"}))
    assert not RememberedColumns.objects.exists()
    assert office.get(at.replace("columns/", ""))["Location"] == at


def test_r_17_2_a_school_is_known_by_its_name_told_apart_by_town(cast: Cast) -> None:
    for urn, town in ((900_101, "Marlham"), (900_102, "Ashby")):
        SchoolFactory(urn=urn, name="St Mary’s School", register_name="St Mary’s School", town=town, email="")
    SchoolFactory(urn=900_103, name="Alder School", register_name="Alder School", status="closed", email="")
    SchoolFactory(urn=900_104, name="Alder School", register_name="Alder School", email="")
    email = {"email": "x@marlshire.example"}
    assert "enter the town or the URN" in str(judged(school="St. Marys School", **email).errors[0])
    assert "900102" in judged(school="SAINT MARY'S SCHOOL", town="Ashby", **email).changes[0].title
    assert "900104" in judged(school="alder school", **email).changes[0].title, "the open one is meant"
    assert "no school is called “Nowhere”" in str(judged(school="Nowhere", **email).errors[0])
    assert "names no school" in str(judged(**email).errors[0])
    assert "is not a URN" in str(judged(urn="12a", **email).errors[0])
    called = judged(urn="900104", school="Elder School", **email).changes[0]
    assert "the file calls it “Elder School”" in called.words


def test_other_contacts_are_judged_too(cast: Cast) -> None:
    urn = {"urn": str(cast.host.urn)}
    assert "is not a number of teachers" in str(judged(teacher_count="many", **urn).errors[0])
    assert "longer than 150" in str(judged(head_name="A" * 151, **urn).errors[0])
    assert "not the name of a cluster" in str(judged(cluster="—", **urn).errors[0])
    twice = ContactsFile().judge([Entry(n, {**urn, "email": "a@marlshire.example"}) for n in (2, 3)])
    assert "is in row 2 already" in str(twice.errors[0])
    entry = [Entry(2, {**urn, "cluster": "Vale of Marl", "teacher_count": "14.0"})]
    ContactsFile().store(entry, by=cast.administrator)
    host = School.objects.get(pk=cast.host.pk)
    assert (host.cluster.name, host.teacher_count) == ("Vale of Marl", 14)  # type: ignore[union-attr]
    assert ContactsFile().judge(entry).unchanged == 1


def test_a_long_file_is_judged_in_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    entries = [
        Entry(
            n, {"urn": str(SchoolFactory(urn=800_000 + n).urn), "email": "a@marlshire.example", "cluster": f"Vale {n}"}
        )
        for n in range(30)
    ]
    with django_assert_num_queries(2):
        assert len(ContactsFile().judge(entries).changes) == 30


def test_r_17_2_the_command_follows_the_same_rules(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, back = tmp_path / "contacts.csv", tmp_path / "back.csv"
    file.write_text(f"Nummer;email\n{cast.host.urn};new@marlshire.example\n{cast.home.urn};nobody\n")
    with pytest.raises(CommandError, match="use --column"):
        call_command("import_contacts", str(file))
    asked = ["import_contacts", str(file), "--column", "urn=Nummer"]
    for more, stored in (
        ([], False),
        (["--dry-run", "--good-rows"], False),
        (["--good-rows", "--refused", str(back)], True),
    ):
        with pytest.raises(SystemExit):
            call_command(*asked, *more)
        shown = capsys.readouterr()
        assert shown.out.splitlines()[-1] == "changed=1 unchanged=0 errors=1"
        assert "Row 3: “nobody” is not an e-mail address" in shown.err
        assert (School.objects.get(pk=cast.host.pk).email == "new@marlshire.example") is stored
    assert back.read_text(encoding="utf-8-sig").splitlines()[0] == "Nummer,email,What is wrong"


def test_r_17_2_the_template_loads_as_it_is(cast: Cast, office: Client) -> None:
    file = b"".join(office.get(reverse(f"{UPLOAD}_template")).streaming_content)  # type: ignore[attr-defined]
    page = office.get(sent(office, file)).content.decode()
    assert page.count(" selected") >= len(ContactsFile.columns)
