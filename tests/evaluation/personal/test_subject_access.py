"""Everything that is held on one person, and nothing of anybody else’s (issue 3, section G)."""

import json
import stat
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from astcoord.core import audit, outbox, subject_access
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from astcoord.core.subject_access import VERB, Subject
from placements.placement.models import Placement
from placements.requests.models import RequestedStaff
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.evaluation import stories
from tests.factories import RequestFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


REVIEWS = "Impact reviews that you wrote, commented on or accepted"


def held(who: str) -> dict[str, list[dict[str, Any]]]:
    """Sections by title, as the file has them."""
    archive = ZipFile(BytesIO(subject_access.export(subject_access.find(who), by=None)))
    assert archive.namelist() == ["personal-data.html", "personal-data.json"]
    data = json.loads(archive.read("personal-data.json"))
    page = archive.read("personal-data.html").decode()
    for section in data["sections"]:
        assert section["title"] in page
    return {section["title"]: section["rows"] for section in data["sections"]}


def test_an_ast_gets_account_post_placements_diary_reviews_and_messages(cast: Cast, placement: Placement) -> None:
    stories.write_up(cast, placement, priorities="Juno Pettifer led the planning")
    stories.commented(cast, placement)
    outbox.queue(key="k", kind="k", to=cast.ast.email, subject="Hello", body="Words")
    audit.record("Profile changed", cast.post, by=cast.ast)
    audit.record("Role given", cast.ast, by=cast.coordinator, after={"role": "AST"})

    found = held("WREN@marlshire.example")

    assert found["Your account"][0]["name"] == "Wren Castellow"
    assert "Hollowbrook School" in found["Your roles"][0]["role"]
    assert found["Your AST post and profile"][0]["home school"] == "Hollowbrook School"
    assert found["Your placements"][0]["school"] == "Fernleigh Primary School"
    assert found["Diary entries that you wrote"][0]["priorities"] == "A colleague led the planning"
    assert (
        found["Impact reviews that you wrote, commented on or accepted"][0]["what you wrote"] == "More pupils explain."
    )
    assert [row["subject"] for row in found["E-mails to your address"]][-1] == "Hello"
    assert "Profile changed" in {row["what"] for row in found["What you did"]}
    assert found["What was recorded about you"][-1]["by"] == "Bryony Quill"
    assert found["Your time account"]


def test_other_supported_peoples_names_are_kept_out(cast: Cast, placement: Placement) -> None:
    stories.write_up(cast, placement, priorities="Juno Pettifer and Sorrel Ambleforth planned", staff=_all(placement))
    for who in ("wren@marlshire.example", "rowan@marlshire.example", "bryony@marlshire.example"):
        assert not _mentions(held(who), "Juno", "Sorrel", "Pettifer", "Ambleforth")
    own = held("Juno Pettifer")
    assert not _mentions(own, "Sorrel", "Ambleforth")
    assert own["Outreach days on which an AST worked with you"][0]["on"] == "2026-11-24"
    assert own["Placements in which you are supported"][0]["school"] == "Fernleigh Primary School"
    assert own["Requests for support in which you are named"][0]["declared of your situation"] == "No difficulty"


def test_the_head_gets_what_the_head_wrote_and_signed(cast: Cast, placement: Placement) -> None:
    stories.commented(cast, placement)
    found = held("Rowan Oakhanger")
    assert found["Requests that you made, confirmed, judged or look after"][0]["school"] == "Fernleigh Primary School"
    reviews = found[REVIEWS]
    assert (reviews[0]["your comment"], reviews[0]["what you wrote"]) == ("We see this too.", "")
    assert "Diary entries that you wrote" not in found


def test_a_chair_without_an_account_is_found_in_the_register(cast: Cast) -> None:
    SchoolFactory(name="Alder School", chair_name="Lark Amblethorpe", chair_email="lark@marlshire.example")
    [entry] = held("Lark Amblethorpe")["Schools that name you"]
    assert entry["chair’s e-mail address"] == "lark@marlshire.example"
    assert entry["headteacher"] == ""
    assert entry["e-mail address for letters"] == ""


def test_a_namesake_with_another_address_is_somebody_else(cast: Cast) -> None:
    for email in ("", "juno.one@marlshire.example", "juno.two@marlshire.example"):
        request = RequestFactory(host=cast.host, staff=False)
        RequestedStaff.objects.create(
            request=request, name="Juno Pettifer", email=email, selection="self", head_agrees=True
        )
    rows = RequestedStaff.objects.filter(Subject("Juno Pettifer", "juno.one@marlshire.example").rows_named())
    assert {row.email for row in rows} == {"", "juno.one@marlshire.example"}
    assert RequestedStaff.objects.filter(Subject("Juno Pettifer").rows_named()).count() == 3
    assert RequestedStaff.objects.filter(Subject(email="JUNO.TWO@marlshire.example").rows_named()).count() == 1


def test_two_accounts_of_one_name_are_not_mixed(cast: Cast) -> None:
    UserFactory(name="Wren Castellow")
    with pytest.raises(Refused, match="Several people"):
        subject_access.find("wren castellow")
    assert subject_access.find("wren@marlshire.example").user == cast.ast


def test_r_16_3_each_answer_is_recorded_without_the_name_of_somebody_without_an_account(cast: Cast) -> None:
    subject_access.export(subject_access.find("Juno Pettifer"), by=cast.coordinator)
    event = AuditEvent.objects.get(verb=VERB)
    assert (event.by, event.about_id) == (cast.coordinator, None)
    assert set(event.after) == {"sections", "rows"}
    subject_access.export(subject_access.find(cast.ast.email), by=cast.coordinator)
    assert AuditEvent.objects.about(cast.ast).filter(verb=VERB).exists()


def test_the_command_writes_a_private_file_with_nothing_personal_in_its_name(cast: Cast, tmp_path: Path) -> None:
    call_command("subject_access", cast.ast.email, str(tmp_path), verbosity=0)
    [file] = tmp_path.iterdir()
    assert file.name == "personal-data-2026-10-06.zip"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="already"):
        call_command("subject_access", cast.ast.email, str(tmp_path))
    with pytest.raises(CommandError, match="folder"):
        call_command("subject_access", cast.ast.email, str(tmp_path / "none"))


def test_the_page_hands_the_file_to_the_coordinator_alone(cast: Cast, client: Client) -> None:
    page = reverse("staff:subject_access")
    for other in (cast.administrator, cast.officer, cast.consultant, cast.host_head, cast.ast, cast.chair):
        client.force_login(other)
        assert client.post(page, {"who": cast.ast.email, "checked": "on"}).status_code == 403
    client.force_login(cast.coordinator)
    assert "Tick" in client.post(page, {"who": cast.ast.email}).content.decode()
    assert not AuditEvent.objects.filter(verb=VERB).exists()
    response = client.post(page, {"who": cast.ast.email, "checked": "on"})
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="personal-data-2026-10-06.zip"'
    assert response["Cache-Control"] == "private, no-store"
    assert AuditEvent.objects.get(verb=VERB).by == cast.coordinator


def _all(placement: Placement) -> list[int]:
    return [person.pk for person in SupportedStaff.objects.filter(placement=placement)]


def _mentions(found: Any, *words: str) -> bool:
    return any(word in json.dumps(found) for word in words)


def test_every_section_names_its_columns() -> None:
    section = subject_access.Section("x", [{"a": 1}, {"b": date(2026, 1, 1)}])
    assert section.columns == ["a", "b"]
    assert section.table == [[1, ""], ["", date(2026, 1, 1)]]
