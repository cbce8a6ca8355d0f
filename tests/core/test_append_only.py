"""History that the database itself keeps: the same tests hold on SQLite and on PostgreSQL."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from astcoord.core import append_only, audit, database_roles, gate
from astcoord.core.models.history import AuditEvent, Transition
from placements.agreement.models import Signature
from placements.days.models import LedgerEntry
from tests.cast import Cast
from tests.factories import RequestFactory

pytestmark = pytest.mark.django_db
REFUSED = r"append-only|permission denied"
OWNERS = pytest.mark.skipif(database_roles.two(), reason="only the owner of the tables can")
TABLES = ("core_auditevent", "core_transition", "placements_ledgerentry", "placements_signature")


def refused(sql: str, *values: Any) -> bool:
    """Whether the database refuses this statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except (IntegrityError, ProgrammingError) as error:
        return "append-only" in str(error) or "permission denied" in str(error)
    return False


@pytest.fixture
def history(cast: Cast) -> None:
    """One row of each kind that can be had without a whole placement."""
    request = RequestFactory(host=cast.host, created_by=cast.host_head)
    gate.move(request, "review", by=cast.coordinator)


def test_r_16_3_every_append_only_model_is_protected() -> None:
    found = set(append_only.protected_models())
    assert found >= {AuditEvent, Transition, LedgerEntry, Signature}
    assert {model._meta.db_table for model in found} >= set(TABLES)
    with connection.cursor() as cursor:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        cursor.execute(names if connection.vendor == "sqlite" else "SELECT tgname FROM pg_trigger")
        triggers = " ".join(row[0] for row in cursor.fetchall())
    for model in found:
        assert f"{model._meta.db_table}_" in triggers


@pytest.mark.parametrize("table", TABLES[:3])
def test_r_16_3_the_database_refuses_update_and_delete(history: None, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")
        row = cursor.fetchone()[0]
    assert refused(f"UPDATE {table} SET by_id = NULL WHERE id = %s", row)
    assert refused(f"DELETE FROM {table} WHERE id = %s", row)
    assert refused(f"DELETE FROM {table}")


def test_r_16_3_querysets_go_the_same_way(history: None) -> None:
    for act in (lambda rows: rows.update(verb="nothing"), lambda rows: rows.delete()):
        with pytest.raises((IntegrityError, ProgrammingError), match=REFUSED), transaction.atomic():
            act(AuditEvent.objects.all())
    assert AuditEvent.objects.exclude(verb="nothing").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has REPLACE INTO")
def test_r_16_3_replacing_a_row_is_refused(history: None) -> None:
    assert refused("REPLACE INTO core_transition SELECT * FROM core_transition")


@OWNERS
def test_rows_older_than_the_schedule_may_go_and_no_others(cast: Cast) -> None:
    """By the database's own clock: rows of 2001 are over seven years old on any day on which this runs."""
    old = audit.record("Something long ago", None, by=None)
    new = audit.record("Something now", None, by=None)
    with append_only.lifted("default"):
        AuditEvent.objects.filter(pk=old.pk).update(at="2001-01-01T00:00:00Z")
    assert not refused("DELETE FROM core_auditevent WHERE id = %s", old.pk)
    assert refused("DELETE FROM core_auditevent WHERE id = %s", new.pk)


@OWNERS
def test_lifting_ends_even_if_something_goes_wrong(history: None) -> None:
    with pytest.raises(RuntimeError), append_only.lifted("default"):
        raise RuntimeError
    assert refused("DELETE FROM core_auditevent")


@OWNERS
def test_installing_twice_is_the_same_as_once(history: None) -> None:
    append_only.install(connection, AuditEvent)
    append_only.install(connection, AuditEvent)
    assert refused("UPDATE core_auditevent SET verb = 'x'")


def test_flush_is_refused_where_history_is_real(history: None, settings: Any) -> None:
    settings.HISTORY_MAY_BE_FLUSHED = False
    with pytest.raises(CommandError, match="kept"):
        call_command("flush", interactive=False)
    assert AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_tests_that_empty_the_database_can(run: int) -> None:
    assert not AuditEvent.objects.exists()
    audit.record("Left behind", None, by=None)
    assert refused("DELETE FROM core_auditevent")
