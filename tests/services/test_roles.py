"""What the application's role may not do on PostgreSQL, tried as that role on a database that the owner migrated.

Built with `deploy/database-roles.sh`, as an installation does it. The rest of the suite runs under the same two roles
with `SERVICES_ROLES=2 .ci/services`.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings

from astcoord.core import fixed

NAME = "astcoord_two_roles"
PASSWORDS = {"DATABASE_OWNER_PASSWORD": 'owner\'s "own"', "DATABASE_APP_PASSWORD": "app"}
FIXED = sorted(model._meta.db_table for model in fixed.models_with_rules())
NEVER = [
    "TRUNCATE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER {table}_append_only",
    "DROP TRIGGER {table}_append_only ON {table}",
    "CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "DROP FUNCTION {table}_append_only() CASCADE",
    "ALTER TABLE {table} OWNER TO astcoord_app",
    "ALTER TABLE {table} RENAME TO gone",
    "DROP TABLE {table} CASCADE",
    "CREATE RULE r AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "GRANT ALL ON {table} TO astcoord_app WITH GRANT OPTION; TRUNCATE {table} CASCADE",
]


def server() -> Any:
    return urlsplit(os.environ["SERVICES_DATABASE_URL"])


def connected(user: str, name: str = NAME) -> Any:
    found = psycopg2.connect(host=server().hostname, port=server().port, user=user, dbname=name)
    found.autocommit = True
    return found


def url(user: str) -> str:
    return f"postgres://{user}:x@{server().hostname}:{server().port}/{NAME}"


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={**kept, "DJANGO_SETTINGS_MODULE": "astcoord.settings.development", **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def make_roles() -> None:
    script = Path(settings.BASE_DIR) / "deploy" / "database-roles.sh"
    environment = {
        **os.environ, **PASSWORDS, "POSTGRES_USER": "postgres", "POSTGRES_DB": NAME,
        "PGHOST": str(server().hostname), "PGPORT": str(server().port),
    }  # fmt: skip
    subprocess.run(["sh", str(script)], env=environment, check=True, capture_output=True)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The variables of a database with two roles, migrated, with one row in the audit trail."""
    root = connected("postgres", "postgres")
    with root.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {NAME}")
    make_roles()
    make_roles()  # again: as it was
    variables = {
        "DATABASE_URL": url("astcoord_app"),
        "DATABASE_OWNER_URL": url("astcoord_owner"),
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
    }
    done = manage("migrate", "--verbosity", "0", **variables)
    assert done.returncode == 0, done.stderr
    yield variables
    with root.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    root.close()


@pytest.fixture
def app(both: dict[str, str]) -> Iterator[Any]:
    connection = connected("astcoord_app")
    with connection.cursor() as cursor:
        yield cursor
    connection.close()


@pytest.mark.parametrize("table", FIXED)
def test_r_16_3_the_application_cannot_take_the_protection_off(app: Any, table: str) -> None:
    for statement in NEVER:
        with pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.InvalidGrantOperation)):
            app.execute(statement.format(table=table))


@pytest.mark.parametrize("table", FIXED)
def test_r_16_3_the_application_updates_and_deletes_no_more_than_the_model_says(app: Any, table: str) -> None:
    model = next(m for m in fixed.models_with_rules() if m._meta.db_table == table)
    free = fixed.changeable(model)
    for field in model._meta.concrete_fields:
        if field.column not in free:
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                app.execute(f'UPDATE {table} SET "{field.column}" = "{field.column}"')
    rule = fixed.rule_of(model)
    if not rule or not rule.disposal:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            app.execute(f"DELETE FROM {table}")


def test_r_16_3_the_application_becomes_nobody_else(app: Any) -> None:
    for statement in (
        "SET session_replication_role = replica",
        "SET ROLE astcoord_owner",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER ROLE astcoord_app SUPERUSER",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE core_auditevent (id int)",
        "CREATE SCHEMA mine",
        "DELETE FROM django_migrations",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            app.execute(statement)


def test_r_16_3_history_over_its_time_goes_and_no_younger(app: Any) -> None:
    insert = (
        "INSERT INTO core_auditevent (verb, reason, before, after, where_from, at) VALUES (%s, '', '{}', '{}', '', %s)"
    )
    app.execute(insert, ["old", "2001-01-01"])
    app.execute(insert, ["new", "2026-01-01"])
    app.execute("DELETE FROM core_auditevent WHERE verb = 'old'")
    with pytest.raises(psycopg2.errors.RestrictViolation, match="append-only"):
        app.execute("DELETE FROM core_auditevent WHERE verb = 'new'")


BROKEN_OFF = """
from astcoord.core import database_roles
def broken_off(*anything): raise RuntimeError("broken off")
database_roles._rights = broken_off
with database_roles.as_owner(): database_roles.grant()
"""


def test_rights_are_given_all_at_once_so_that_the_application_works_on_beside_it(
    both: dict[str, str], app: Any
) -> None:
    done = manage("shell", "-c", BROKEN_OFF, **both)
    assert "broken off" in done.stderr
    app.execute("SELECT count(*) FROM core_message")  # as before: nobody saw the half of it


def test_the_application_migrates_nothing_and_says_who_does(both: dict[str, str]) -> None:
    alone = {key: value for key, value in both.items() if key != "DATABASE_OWNER_URL"}
    done = manage("migrate", **alone)
    assert done.returncode != 0
    assert "Set DATABASE_OWNER_URL" in done.stderr


def test_a_role_that_owns_the_tables_is_warned_of(both: dict[str, str]) -> None:
    check = ("check", "--deploy", "--database", "default")
    assert "astcoord.W001" not in manage(*check, **both).stderr
    said = manage(*check, **{**both, "DATABASE_URL": url("astcoord_owner")}).stderr
    assert "owns the tables" in said
    assert "is a superuser" in manage(*check, **{**both, "DATABASE_URL": url("postgres")}).stderr


def test_a_backup_is_taken_by_the_application_and_restored_by_the_owner(both: dict[str, str], tmp_path: Path) -> None:
    person = manage("add_person", "office@marlshire.example", "Bryony Quill", "coordinator", **both)
    assert person.returncode == 0, person.stderr
    alone = {key: value for key, value in both.items() if key != "DATABASE_OWNER_URL"}
    saved = manage("backup", str(tmp_path / "saved.zip"), **alone)
    assert saved.returncode == 0, saved.stderr
    assert manage("apply_retention", **alone).returncode == 0
    assert manage("export_all", str(tmp_path / "out"), **alone).returncode == 0
    emptied = manage("flush", "--no-input", **both)
    assert emptied.returncode == 0, emptied.stderr
    done = manage("restore", str(tmp_path / "saved.zip"), **both)
    assert done.returncode == 0, done.stderr
    assert "Restored" in done.stdout
