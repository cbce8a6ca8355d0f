"""Keeps the database of a release, with the demonstration in it, for `test_upgrade.py`: once, when the release is made.

    .ci/services .venv/bin/python -m tests.upgrades.make 0.2.0

Writes three files beside this one: the SQLite file, PostgreSQL's as SQL, and what was released when.
"""

import hashlib
import json
import lzma
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests import ROOT

HERE = Path(__file__).parent
APPS = ("astcoord/core", "schools", "staff", "placements", "evaluation")


def migrations() -> dict[str, str]:
    """The SHA-256 of every migration by its path."""
    files = (path for app in APPS for path in (ROOT / app / "migrations").glob("[0-9]*.py"))
    return {path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def fill(url: str, var: str) -> None:
    """Migrate a database, and tell the demonstration in it."""
    environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": var}
    environment["DJANGO_SETTINGS_MODULE"] = "astcoord.settings.test"
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)


def sqlite_file(var: str) -> bytes:
    path = Path(var) / "release.sqlite3"
    fill(f"sqlite:///{path}", var)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM")
    return path.read_bytes()


def postgres_sql(var: str) -> bytes:
    """Plain statements that any client can send; the dump's own commands (`\\restrict`) are left out."""
    url = os.environ["SERVICES_DATABASE_URL"]
    fill(url, var)
    newest = max(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"), default=Path("pg_dump"))
    options = ["--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=100"]
    dump = subprocess.run([newest, *options, url], check=True, capture_output=True)
    return re.sub(rb"(?m)^\\.*\n", b"", dump.stdout)


def main(version: str) -> None:
    made = datetime.now(UTC).isoformat(timespec="minutes")
    with tempfile.TemporaryDirectory() as var:
        for name, data in ((f"{version}.sqlite3.xz", sqlite_file(var)), (f"{version}.sql.xz", postgres_sql(var))):
            (HERE / name).write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    (HERE / f"{version}.json").write_text(json.dumps({"made": made, "migrations": migrations()}, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
