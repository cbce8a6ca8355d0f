"""R-17.14: a back-up of SQLite while somebody writes is of one moment, whole, and keeps nobody from writing."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from astcoord.core.whole import tables
from schools.register.models import School
from tests.cast import Cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite"),
]


class Writer(threading.Thread):
    """Somebody at work: in each transaction two schools get the same number."""

    def __init__(self, path: Path, urns: tuple[int, int]) -> None:
        super().__init__(daemon=True)
        self.path, self.urns, self.number, self.stop = path, urns, 0, threading.Event()

    def run(self) -> None:
        line = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        while not self.stop.wait(0.002):
            line.execute("BEGIN IMMEDIATE")
            for urn in self.urns:
                line.execute("UPDATE schools_school SET locality = ? WHERE urn = ?", (str(self.number + 1), urn))
            line.execute("COMMIT")
            self.number += 1
        line.close()


@pytest.fixture
def database(cast: Cast, tmp_path: Path) -> Iterator[Path]:
    """The tests' database as a file, in the mode in which the service works, with work in the log beside it."""
    path = tmp_path / "data.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    line = sqlite3.connect(path)
    line.execute("PRAGMA journal_mode=WAL")
    line.execute("UPDATE schools_school SET street = 'only in the log yet'")
    line.commit()
    yield path
    line.close()


def schools(saved: Path) -> list[dict[str, object]]:
    columns = [column.name for column in tables.columns(School)]
    with zipfile.ZipFile(saved) as archive:
        lines = archive.read("rows/schools.School.jsonl").splitlines()
    return [dict(zip(columns, json.loads(line), strict=True)) for line in lines]


def test_r_17_14_a_backup_of_sqlite_is_of_one_moment_while_others_write(
    cast: Cast, database: Path, tmp_path: Path
) -> None:
    writer = Writer(database, (cast.host.urn, cast.home.urn))
    writer.start()
    while writer.number < 3:
        time.sleep(0.01)
    before = writer.number
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "astcoord.settings.development",
        "VAR_DIR": str(tmp_path / "var"),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "backup", str(tmp_path / "saved.zip")],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    writer.stop.set()
    writer.join(20)
    assert done.returncode == 0, done.stderr
    assert writer.number > before + 20, "nobody waited for the back-up"
    found = schools(tmp_path / "saved.zip")
    assert {row["street"] for row in found} == {"only in the log yet"}
    of_one_moment = {row["locality"] for row in found if row["urn"] in writer.urns}
    assert len(of_one_moment) == 1
    assert before <= int(str(of_one_moment.pop())) <= writer.number
