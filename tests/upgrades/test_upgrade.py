"""Whoever has data can upgrade: the database of every release is migrated, and every page of it opens.

Migrations are added, never rewritten (design, section 12). `make.py` keeps a release's database when it is made.
"""

import json
import lzma
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from tests import ROOT
from tests.access.table import rows
from tests.upgrades.make import HERE, migrations

RELEASES = sorted(path.stem for path in HERE.glob("*.json"))
assert RELEASES, "no release's database is kept in tests/upgrades"

NOT_LED_TO = {
    *("design", "healthy", "live", "ready", "metrics"),  # no link: for developers and for machines
    *("staff:stay", "was_sent"),  # asked for by a script
    *("placements:outreach_consultation", "placements:inreach_consultation"),  # its policy asks for none
    *("placements:letters_progress", "placements:plan_progress"),  # fetched by a page, while something runs
    *("placements:letters_print", "placements:request_sent", "search"),  # reached by sending a form
    *("placements:answers_awaited", "staff:failed_mail"),  # the demonstration has nothing of the kind
    *("staff:doubtful_mail", "staff:unreachable", "staff:mismatches"),  # nor of these
    "placements:open_year",  # a task from May on
    "staff:alumni",  # switched off in its policy
    *("staff:qa_visits", "staff:qa_coverage", "staff:qa_visit"),  # the same
    # nor does a group decide in it
    *("placements:deciding_groups", "placements:deciding_group", "placements:group_members", "placements:group_member"),
    *("placements:group_meetings", "placements:group_meeting"),
    *(f"evaluation:{page}" for page in ("estimates", "estimate", "fft_screen", "fft_supported", "offers", "offer")),
    # nobody has been written to from a list, nothing noted, and no day is in its fortnight
    *("staff:mailing", "placements:note", "evaluation:session_feedback"),
    "evaluation:termly_meeting",  # nor a termly meeting entered
    # its policy has no secondments
    *("staff:secondment_rounds", "staff:secondment_round"),
    *("staff:proposals", "staff:proposal", "staff:secondment_sums"),
    *("evaluation:half_way", "evaluation:half_way_reviews", "placements:charges"),  # nor reviews half-way, nor charges
    # nor does its evaluation ask on four levels, or for logic models
    *("evaluation:levels", "evaluation:logic_model", "evaluation:logic_version", "evaluation:logic_for_person"),
}
"""Pages that no link of the demonstration leads to."""
SINCE = {
    "0.2.0": {f"placements:plan{page}" for page in ("", "_compare", "_drawn", "_record", "_unmet")},
    "0.3.0": {
        "schools:closed",
        "placements:informal_links",
        *("evaluation:correction", "evaluation:idea", "evaluation:material"),
        "evaluation:evaluation",
        "evaluation:result",
        "evaluation:return_visit",
        "evaluation:placement_return",
        "placements:variation",
        "placements:inreach",
        "staff:opening",
        *("staff:description", "staff:team"),
        "staff:aspirant",
        "staff:briefing",
        "staff:office_visit",
        *("staff:network", "staff:notice", "staff:guidance_page", "staff:guidance_version"),
        *(f"staff:{page}" for page in ("questionnaire", "questionnaire_results", "invitation", "peer_observation")),
        "staff:spine_figure",
        *("staff:cpd_entry", "staff:cpd_offer", "staff:working_group", "staff:group_action"),
        *("evaluation:judgement", "evaluation:training_statement"),
    },
}
"""Pages to which the demonstration leads since a release: an older database has no way there."""


def released(version: str) -> dict[str, Any]:
    return json.loads((HERE / f"{version}.json").read_text())  # type: ignore[no-any-return]


def unpacked(name: str) -> bytes:
    return lzma.decompress((HERE / name).read_bytes())


def walked(url: str, version: str, var: Path) -> dict[str, Any]:
    """Migrate the database and walk it on the day on which it was made, in a process of its own."""
    environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(var)}
    environment["DJANGO_SETTINGS_MODULE"] = "astcoord.settings.test"
    command = [sys.executable, "-m", "tests.upgrades.walk", released(version)["made"]]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def every_page_opened(found: dict[str, Any], version: str) -> None:
    assert not found["wrong"], "\n".join(found["wrong"])
    assert len(found["roles"]) == 7
    pages = {row.page for row in rows() if row.kind == "page" and not row.page.startswith(("/", "mfa_", "account"))}
    later = set().union(*(names for release, names in SINCE.items() if release > version))
    assert pages - set(found["opened"]) == NOT_LED_TO | later


@pytest.mark.parametrize("version", RELEASES)
def test_released_migrations_are_never_rewritten(version: str) -> None:
    now = migrations()
    for name, digest in released(version)["migrations"].items():
        assert now.get(name) == digest, f"{name} was released with {version}: add a migration instead of changing it"


@pytest.mark.parametrize("version", RELEASES)
def test_a_releases_database_is_migrated_and_every_page_opens(version: str, tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    path.write_bytes(unpacked(f"{version}.sqlite3.xz"))
    every_page_opened(walked(f"sqlite:///{path}", version, tmp_path), version)


@pytest.mark.database
@pytest.mark.services
@pytest.mark.skipif("SERVICES_DATABASE_URL" not in os.environ, reason="run with .ci/services: needs PostgreSQL")
@pytest.mark.parametrize("version", RELEASES)
def test_a_releases_database_is_migrated_on_postgresql(version: str, tmp_path: Path) -> None:
    server = os.environ["SERVICES_DATABASE_URL"]
    name = f"upgrade_{os.getpid()}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    try:
        connection.cursor().execute(f"CREATE DATABASE {name}")
        with psycopg2.connect(url) as old:
            old.cursor().execute(unpacked(f"{version}.sql.xz").decode())
        old.close()
        every_page_opened(walked(url, version, tmp_path), version)
    finally:
        connection.cursor().execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.close()
