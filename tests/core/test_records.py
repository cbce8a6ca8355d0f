"""The nightly look at the fingerprints: what was changed past the software is found, told, and leaves when mended."""

import io
import logging
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from astcoord.core import append_only, database_roles, documents, home, records, tasks
from astcoord.core.clock import today
from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.records import Mismatch, RecordCheck
from evaluation.evidence.models import Evidence
from placements.agreement.models import ContractVersion, Signature
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements import stories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("quick_print"),
    pytest.mark.skipif(database_roles.two(), reason="only the owner of the tables can tamper with them"),
]


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Signed by all, with a file."""
    found = stories.active(cast)
    piece = Evidence(placement=found, title="Photo", added_by=cast.ast)
    piece.put(name="display.txt", data=b"what came of it", link="")
    piece.save()
    return found


def tampered(rows: Any, **changes: Any) -> None:
    """As somebody does it who owns the tables."""
    with append_only.lifted("default"):
        rows.update(**changes)


def one_byte(document: Document) -> None:
    data = documents.pdf(document)
    tampered(Document.objects.filter(pk=document.pk), pdf=data[:-1] + bytes([data[-1] ^ 1]))


def test_r_8_12_one_changed_byte_of_a_contract_is_found_and_told(
    placement: Placement,
    cast: Cast,
    client: Client,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    overdue = home.Task("Overdue for years", "/", due=date(2020, 1, 1))
    monkeypatch.setitem(home._tasks, lambda user, on: [overdue], 0)
    paper = stories.in_force(placement).document
    assert records.go_on(anew=True).finished_at
    assert not Mismatch.objects.exists()
    one_byte(paper)
    with caplog.at_level(logging.ERROR):
        records.go_on(anew=True)
    (line,) = [r for r in caplog.records if r.name == "astcoord.core.records"]
    assert line.levelname == "ERROR"
    assert f"core.Document {paper.pk}" in line.getMessage()
    event = AuditEvent.objects.get(verb="Does not agree with its fingerprint")
    assert event.about == paper
    (task, *_) = home.tasks_for(cast.coordinator, today())
    assert f"document {paper.pk}: {paper.title}" in task.title, "before what is overdue"
    assert not any("as it was stored" in t.title for t in home.tasks_for(cast.administrator, today()))
    client.force_login(cast.coordinator)
    page = client.get(task.url).content.decode()
    assert records.OTHER_BYTES in page
    assert f"document {paper.pk}: {paper.title}" in page, page[page.find("<main") :]


def test_told_once_and_gone_when_it_agrees_again(placement: Placement, cast: Cast) -> None:
    paper = stories.in_force(placement).document
    before = documents.pdf(paper)
    one_byte(paper)
    for _ in range(3):
        records.go_on(anew=True)
    assert Mismatch.objects.count() == 1
    assert AuditEvent.objects.filter(verb__contains="not agree").count() == 1
    tampered(Document.objects.filter(pk=paper.pk), pdf=before)
    records.go_on(anew=True)
    assert not records.open_mismatches().exists()
    assert AuditEvent.objects.filter(verb="Agrees with its fingerprint again").count() == 1
    one_byte(paper)
    records.go_on(anew=True)
    assert records.open_mismatches().count() == 1, "and told again when it happens again"


def test_what_is_kept_no_longer_leaves_the_list(placement: Placement) -> None:
    piece = Evidence.objects.get()
    tampered(Evidence.objects.filter(pk=piece.pk), data=b"what did not come of it")
    records.go_on(anew=True)
    assert records.open_mismatches().count() == 1
    Evidence.objects.filter(pk=piece.pk).delete()
    records.go_on(anew=True)
    assert not records.open_mismatches().exists()
    event = AuditEvent.objects.get(verb="Is kept no longer, and did not agree with its fingerprint")
    assert event.after == {"what": f"evidence {piece.pk}"}


def test_every_kind_of_record_with_a_fingerprint_is_looked_at(placement: Placement) -> None:
    version = stories.in_force(placement)
    signature = version.signatures.first()
    piece = Evidence.objects.get()
    tampered(Signature.objects.filter(pk=signature.pk), sha256="0" * 64)
    tampered(Evidence.objects.filter(pk=piece.pk), data=b"what did not come of it")
    tampered(ContractVersion.objects.filter(pk=version.pk), sha256="1" * 64)
    records.go_on(anew=True)
    found = {mismatch.about for mismatch in records.open_mismatches()}
    assert found == {version, piece, *version.signatures.all()}
    stores = {"core.Document", "placements.ContractVersion", "placements.Signature", "placements.PaperFile"}
    assert set(records._stores) == stores | {"placements.SignedPaper", "evaluation.Evidence", "evaluation.Material"}


def test_a_round_goes_on_where_it_stopped_and_begins_anew_the_next_day(
    placement: Placement, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    monkeypatch.setattr(records, "AT_ONCE", 2)
    whole = records.go_on(anew=True).looked
    RecordCheck.objects.all().delete()
    pieces = 0
    while not records.go_on(seconds=0).finished_at:
        pieces += 1
    assert pieces > 3
    assert RecordCheck.objects.get().looked == whole
    assert tasks.check_records() == whole, "once a day is enough"
    assert RecordCheck.objects.get().started_at.date() == today()
    clock.shift(86400)
    records.go_on(seconds=0)
    assert RecordCheck.objects.get().looked < whole


def test_of_two_at_once_one_stops(placement: Placement) -> None:
    first = records.go_on(seconds=0, anew=True)
    second = RecordCheck.objects.get()
    assert records._piece(second)
    assert not records._piece(first)


def test_the_command_names_what_is_wrong_and_fails(placement: Placement) -> None:
    said, wrong = io.StringIO(), io.StringIO()
    call_command("check_records", stdout=said)
    assert "agree with their fingerprints" in said.getvalue()
    paper = stories.in_force(placement).document
    one_byte(paper)
    with pytest.raises(CommandError, match="1 of"):
        call_command("check_records", stderr=wrong)
    assert f"document {paper.pk}" in wrong.getvalue()


def test_only_a_co_ordinator_reads_the_list(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    assert client.get(reverse("staff:mismatches")).status_code == 403


def test_the_list_takes_as_many_queries_for_thirty_of_each_kind(
    placement: Placement, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    papers = [documents.freeze("test", title=f"Paper {n}", facts={}, about=placement) for n in range(30)]
    pieces = [Evidence(placement=placement, title=f"Piece {n}", added_by=cast.ast) for n in range(30)]
    for n, piece in enumerate(pieces):
        piece.put(name="display.txt", data=f"what came of it, {n}".encode(), link="")
    version = stories.in_force(placement)
    changed = [*papers, *Evidence.objects.bulk_create(pieces), version, *version.signatures.all()]
    Mismatch.objects.bulk_create([Mismatch(about=each, said=records.OTHER_BYTES) for each in changed])
    client.force_login(cast.coordinator)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("staff:mismatches"), {"per_page": 100}).content.decode()
    assert all(str(each) in page for each in changed)
