"""`import_schools` from the outside: the last line, the exit code, what is stored and what is left alone."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from astcoord.core.models.history import AuditEvent
from schools.register.imports.register import read_register
from schools.register.imports.store import compare
from schools.register.models import Cluster, School, SchoolLink
from tests import SHARED_DATA
from tests.schools.register.register import register, row

pytestmark = pytest.mark.django_db
REAL = SHARED_DATA / "leeds"


class Run:
    """Runs the command on bytes and keeps what it said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = 0
        self.out = self.err = ""

    def __call__(self, data: bytes, *options: str) -> str:
        path = self.folder / "register.csv"
        path.write_bytes(data)
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_schools", str(path), *options, stdout=out, stderr=err, no_color=True)
            self.code = 0
        except SystemExit as end:
            self.code = int(end.code or 0)
        self.out, self.err = out.getvalue(), err.getvalue()
        return self.out.splitlines()[-1]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def test_the_first_import_creates_and_the_second_changes_nothing(run: Run) -> None:
    data = register(row(1), row(2, **{"EstablishmentStatus (code)": "2"}), row(3, **{"LA (code)": "998"}))
    assert run(data, "--la", "999") == "created=2 updated=0 unchanged=0 closed=0 skipped=1 errors=0"
    assert run.code == 0
    assert run(data, "--la", "999") == "created=0 updated=0 unchanged=2 closed=0 skipped=1 errors=0"
    assert AuditEvent.objects.filter(verb="Schools imported from the register").count() == 1


def test_a_school_that_closes_is_counted_and_one_that_disappears_is_left_alone(run: Run) -> None:
    run(register(row(1), row(2), row(3)))
    closed = row(1, **{"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2026"})
    assert run(register(closed, row(2, "New Name School"))) == (
        "created=0 updated=2 unchanged=0 closed=1 skipped=0 errors=0"
    )
    assert School.objects.get(urn=1).status == "closed"
    assert School.objects.get(urn=2).name == "New Name School"
    assert School.objects.get(urn=3).status == "open"


def test_row_errors_are_listed_the_others_go_in_and_scripts_can_tell(run: Run) -> None:
    last = run(register(row(1), row(""), row(1), row(4, "")))
    assert last == "created=1 updated=0 unchanged=0 closed=0 skipped=0 errors=3"
    assert run.code == 1
    assert [line.split(":")[0] for line in run.err.splitlines()] == ["Row 3", "Row 4", "Row 5"]


def test_a_dry_run_counts_and_stores_nothing(run: Run) -> None:
    assert run(register(row(1)), "--dry-run") == "created=1 updated=0 unchanged=0 closed=0 skipped=0 errors=0"
    assert not School.objects.exists()
    assert not AuditEvent.objects.exists()


def test_an_unusable_file_or_none_is_a_clear_failure(run: Run, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The file is empty"):
        run(b"")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_schools", str(tmp_path / "absent.csv"))
    with pytest.raises(CommandError, match="directory"):
        call_command("import_schools", str(tmp_path))


def test_what_the_office_entered_is_never_overwritten(run: Run) -> None:
    run(register(row(1)))
    mine = {
        "email": "office@marlshire.example",
        "chair_name": "Mr P Underhill",
        "chair_email": "chair@marlshire.example",
        "teacher_count": 9,
        "cluster": Cluster.objects.create(name="Vale", slug="vale"),
    }
    School.objects.filter(urn=1).update(**mine)
    run(register(row(1, "New Name School")))
    school = School.objects.get(urn=1)
    assert school.name == "New Name School"
    assert {name: getattr(school, name) for name in mine} == mine


def test_a_head_whom_the_office_entered_stays_and_the_preview_says_whom_the_register_names(run: Run) -> None:
    """Issue 9, item 8: the page promises that what the office has entered stays."""
    run(register(row(1)))
    assert School.objects.get(urn=1).head_name == "Ms Rowena Oakhanger"
    School.objects.filter(urn=1).update(head_name="Ms R Oakhanger-Pell")
    run(register(row(1, "New Name School")))
    assert School.objects.get(urn=1).head_name == "Ms R Oakhanger-Pell"
    another = register(row(1, "New Name School", HeadLastName="Saltmarsh"))
    assert compare(read_register(another)).updated[0].head_kept == "Ms Rowena Saltmarsh"
    run(another)
    assert School.objects.get(urn=1).head_name == "Ms R Oakhanger-Pell"
    assert compare(read_register(another)).updated == []


def test_a_head_whom_nobody_has_corrected_follows_the_register(run: Run) -> None:
    run(register(row(1)))
    run(register(row(1, HeadLastName="Saltmarsh")))
    assert School.objects.get(urn=1).head_name == "Ms Rowena Saltmarsh"
    School.objects.filter(urn=1).update(head_name="")
    run(register(row(1, HeadLastName="Thornbury")))
    assert School.objects.get(urn=1).head_name == "Ms Rowena Thornbury"


def test_a_cut_down_file_leaves_what_it_lacks(run: Run) -> None:
    run(register(row(1)))
    data = register(row(1, Town="")).replace(b",Town,", b",Other,")
    assert run(data) == "created=0 updated=0 unchanged=1 closed=0 skipped=0 errors=0"
    assert School.objects.get(urn=1).town == "Marlbury"
    assert "Not in this file, so left as they are: Town." in run.err


def test_links_are_added_once(run: Run, tmp_path: Path) -> None:
    links = tmp_path / "links.csv"
    links.write_bytes(
        b'"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"\r\n'
        b'1,2,"Fernleigh Academy","Successor","01-09-2026"\r\n'
        b'2,1,"Fernleigh Primary School","Predecessor",""\r\n'
        b'77,1,"Not stored","Successor",""\r\n'
    )
    data = register(row(1), row(2, "Fernleigh Academy"))
    run(data, "--links", str(links))
    run(data, "--links", str(links))
    assert "links added=0 errors=0" in run.out
    found = [(link.school.urn, link.kind, link.other.urn) for link in SchoolLink.objects.order_by("school__urn")]
    assert found == [(1, "successor", 2), (2, "predecessor", 1)]


def test_a_code_that_no_row_has_is_remarked_upon(run: Run) -> None:
    assert run(register(row(1)), "--la", "383") == "created=0 updated=0 unchanged=0 closed=0 skipped=1 errors=0"
    assert "No school in this file belongs to authority 383" in run.err


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared data are not here")
def test_the_real_register_twice(run: Run) -> None:
    data = (REAL / "gias_2023-07.csv").read_bytes()
    links = ["--links", str(REAL / "gias_links_2025-04.csv")]
    assert run(data, "--la", "383") == "created=771 updated=0 unchanged=0 closed=0 skipped=0 errors=0"
    assert run(data, "--la", "383", *links) == "created=0 updated=0 unchanged=771 closed=0 skipped=0 errors=0"
    assert SchoolLink.objects.count() == 345
    assert run.code == 0
