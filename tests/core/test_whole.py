"""R-17.14: everything comes out as documented files, and from a backup to running again is one path."""

import csv
import hashlib
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from astcoord.core import database_roles, outbox
from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.signed_links import LEFT_OUT
from astcoord.core.whole import backup, tables
from placements.placement.models import Placement
from schools.register.models import School
from staff.accounts.models import User
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_print")]
ODD = "=1+1, “quoted”, Ωmega, two\nlines, and an apostrophe’s end"


@pytest.fixture
def lived_in(cast: Cast) -> Placement:
    """A placement with contract and signatures, a school with odd words and a feeder, a secret."""
    placement = stories.active(cast)
    School.objects.filter(pk=placement.host_id).update(locality=ODD[:100], street="'Tis here")
    placement.host.feeds_into.add(placement.home)
    Authenticator.objects.create(user=cast.coordinator, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    return placement


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def take(folder: Path) -> dict[str, bytes]:
    call_command("export_all", str(folder), stdout=io.StringIO())
    return files(folder)


def said(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)


def test_r_17_14_what_is_restored_is_exported_again_identically_and_goes_on(lived_in: Placement, tmp_path: Path):
    saved = str(tmp_path / "saved.zip")
    assert "and read again" in said("backup", saved)
    before = take(tmp_path / "before")

    emptied()
    with database_roles.as_owner(), open(saved, "rb") as file:
        backup.restore(file)

    assert take(tmp_path / "after") == before
    newest = School.objects.latest("pk").pk
    assert School.objects.create(urn=999_999, name="Newcomer School").pk > newest
    fresh = Placement.objects.get(pk=lived_in.pk)
    assert fresh.status == lived_in.status
    assert fresh.host.feeds_into.get() == fresh.home
    assert Authenticator.objects.get().data == {"secret": "JBSWY3DPEHPK3PXP"}
    assert fresh.created_at == lived_in.created_at, "to the microsecond"
    with pytest.raises(Exception, match=r"append-only|permission denied"):
        AuditEvent.objects.update(verb="rewritten")


def test_every_table_is_in_one_place_and_every_column_is_documented(lived_in: Placement, tmp_path: Path):
    assert tables.unplaced() == []
    take(tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    for entry in manifest["tables"]:
        path = tmp_path / "out" / entry["file"]
        with path.open(encoding="utf-8", newline="") as file:
            heads, *rows = list(csv.reader(file))
        assert heads == [column["column"] for column in entry["columns"]]
        assert len(rows) == entry["rows"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
        assert all(column["means"] and column["kind"] for column in entry["columns"])
    status = next(
        column
        for entry in manifest["tables"]
        if entry["table"] == "placements_placement"
        for column in entry["columns"]
        if column["column"] == "status"
    )
    assert status["codes"]["active"] == "Active"
    with (tmp_path / "out" / "columns.csv").open(encoding="utf-8", newline="") as file:
        listed = {(row["table"], row["column"]) for row in csv.DictReader(file)}
    assert listed == {(e["table"], c["column"]) for e in manifest["tables"] for c in e["columns"]}
    assert manifest["left out"]["mfa.Authenticator"]


def test_papers_come_out_as_files_and_text_as_it_was(lived_in: Placement, tmp_path: Path):
    out = tmp_path / "out"
    take(out)
    papers = {row["id"]: row["pdf"] for row in table(out, "core_document") if row["pdf"]}
    printed = Document.objects.exclude(pdf=None)
    assert len(papers) == printed.count() > 0
    for document in printed:
        assert (out / papers[str(document.pk)]).read_bytes() == bytes(document.pdf)
    host = next(row for row in table(out, "schools_school") if row["id"] == str(lived_in.host_id))
    assert host["locality"] == f"'{ODD[:100]}", "no spreadsheet takes it for a formula"
    assert host["street"] == "''Tis here", "so that taking one apostrophe away gives what was there"
    event = next(row for row in table(out, "core_auditevent") if row["about_type_id"] == "placements.placement")
    assert event["about_id"] == str(lived_in.pk)


def test_nobody_gets_in_with_what_was_taken_away(lived_in: Placement, cast: Cast, tmp_path: Path):
    token = "A" * 60 + ":1abcde:" + "b" * 43
    outbox.queue(key="k", kind="n", to="x@elm.example", subject="S", body=f"https://ast.example/x/{token}/ end")
    everything = b"\n".join(take(tmp_path / "out").values()).decode("utf-8", "replace")
    assert "JBSWY3DPEHPK3PXP" not in everything
    assert token not in everything
    assert LEFT_OUT in everything
    assert "password" not in table(tmp_path / "out", "staff_user")[0]
    for folder in (tmp_path / "out",):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_taking_everything_away_is_recorded(cast: Cast, tmp_path: Path):
    said("export_all", str(tmp_path / "out"))
    event = AuditEvent.objects.filter(verb="Exported: everything").get()
    assert event.after["rows"] > 0


def test_nothing_is_written_over(cast: Cast, tmp_path: Path):
    (tmp_path / "there").write_text("precious")
    for command in ("export_all", "backup"):
        with pytest.raises(CommandError, match="is there already"):
            said(command, str(tmp_path / "there"))
        with pytest.raises(CommandError, match="is not a folder"):
            said(command, str(tmp_path / "nowhere" / "x"))
    assert (tmp_path / "there").read_text() == "precious"
    assert not AuditEvent.objects.filter(verb="Exported: everything").exists()


def test_a_backup_is_for_its_makers_eyes_and_is_there_whole_or_not_at_all(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "saved.zip"
    said("backup", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def breaks(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(backup, "check", breaks)
    with pytest.raises(OSError, match="disk full"):
        said("backup", str(tmp_path / "other.zip"))
    assert [p.name for p in tmp_path.iterdir()] == ["saved.zip"]


def test_a_restoration_says_what_still_waits_in_the_outbox(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    Message.objects.all().delete()
    outbox.queue(key="k", kind="n", to="x@elm.example", subject="S", body="B")
    path = str(tmp_path / "saved.zip")
    said("backup", path)
    emptied()
    # The tables of a test's database are made without migrations.
    monkeypatch.setattr("astcoord.core.management.commands.restore.call_command", lambda *_, **__: None)
    words = said("restore", path)
    assert "Everybody signs in again" in words
    assert "go out as soon as a worker runs: 1." in words


def test_a_database_in_use_is_not_touched(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = str(tmp_path / "saved.zip")
    said("backup", path)
    people = User.objects.count()
    monkeypatch.setattr("astcoord.core.management.commands.restore.call_command", lambda *_, **__: None)
    with pytest.raises(CommandError, match="in use: a backup is restored into an empty one"):
        said("restore", path)
    assert User.objects.count() == people


@pytest.mark.parametrize("harm", ["cut", "changed", "other", "no file", "later"])
def test_a_file_that_is_no_whole_backup_is_refused_before_anything_is_written(
    harm: str, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "saved.zip"
    said("backup", str(path))
    assert "is whole" in said("restore", str(path), "--check")
    monkeypatch.setattr("astcoord.core.management.commands.restore.call_command", lambda *_, **__: None)
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-2000])
    elif harm == "other":
        path.write_text("urn,name\n1,A\n")
    elif harm == "no file":
        path.unlink()
    else:
        _rewritten(path, harm)
    emptied()
    with pytest.raises(CommandError, match=r"damaged|no backup|no file|another release"):
        said("restore", str(path))
    assert not School.objects.exists()


def _rewritten(path: Path, harm: str) -> None:
    """The same ZIP, valid as such, with a row less or made by a later release."""
    with zipfile.ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    if harm == "changed":
        members["rows/schools.School.jsonl"] = members["rows/schools.School.jsonl"].partition(b"\n")[2]
    else:
        manifest = json.loads(members["manifest.json"])
        manifest["migrations"]["staff"] = ["9999_later"]
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as target:
        for name, data in members.items():
            target.writestr(name, data)
