"""What only PostgreSQL has: emptying a table in one go is refused as well."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from astcoord.core import audit
from astcoord.core.models.history import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("sql", ["TRUNCATE core_auditevent", "TRUNCATE core_transition CASCADE"])
def test_r_16_3_truncating_history_is_refused(sql: str) -> None:
    audit.record("Something", None, by=None)
    with (
        pytest.raises((IntegrityError, ProgrammingError), match=r"append-only|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert AuditEvent.objects.exists()


def test_r_16_3_a_conflict_does_not_become_an_update() -> None:
    event = audit.record("Something", None, by=None)
    sql = (
        "INSERT INTO core_auditevent SELECT * FROM core_auditevent WHERE id = %s "
        "ON CONFLICT (id) DO UPDATE SET verb = 'Something else'"
    )
    with (
        pytest.raises((IntegrityError, ProgrammingError), match=r"append-only|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [event.pk])
    assert AuditEvent.objects.get().verb == "Something"
