"""Two roles of PostgreSQL: one owns the tables and migrates, the other is what the application works as (decision 24).

Who works as the second can disable or drop no trigger, empty no table, and update and delete only what the models let
change (`core.fixed`): what "the database refuses" says is then true of the application itself, and of whoever has taken
it over. With one role, and on SQLite, the same triggers stop mistakes, and nobody who means it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from astcoord.core import fixed
from astcoord.core.problems import Problem, Refused

READ_ONLY = (MigrationRecorder.Migration._meta.db_table,)
"""What only a migration writes."""


def two() -> bool:
    """Whether this installation has an owner besides the application's own role."""
    return bool(settings.DATABASE_OWNER)


@contextmanager
def as_owner(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Work as the owner of the tables inside, with a connection of its own. As before where there is one role."""
    connection = connections[using]
    before = connection.settings_dict
    if not two() or connection.vendor != "postgresql" or before["USER"] == settings.DATABASE_OWNER["USER"]:
        yield
        return
    if connection.in_atomic_block:
        raise RuntimeError("The role of a connection does not change inside a transaction.")
    connection.close()
    connection.settings_dict = {**before, **settings.DATABASE_OWNER}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before


def grant(using: str = DEFAULT_DB_ALIAS) -> None:
    """Give the application's role what it needs of every table that there is, and take away all else.

    Run by the owner at the end of each `migrate`. A table of which nothing was granted cannot even be read, so a later
    one is not forgotten in the dangerous direction. All at once: who works beside it never finds a right missing.
    """
    connection = connections[using]
    if not two() or connection.vendor != "postgresql":
        return
    role = connection.ops.quote_name(settings.DATABASES[using]["USER"])
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in (
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}",
            f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}",
            f"GRANT USAGE ON SCHEMA public TO {role}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            cursor.execute(statement)
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"GRANT {_rights(connection, table)} ON {connection.ops.quote_name(table)} TO {role}")


def _rights(connection: BaseDatabaseWrapper, table: str) -> str:
    """What the application may do with a table: what its model lets change, and all but emptying it of others."""
    if table in READ_ONLY:
        return "SELECT"
    model = next((m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table), None)
    rule = fixed.rule_of(model) if model else None
    if rule is None:
        return "SELECT, INSERT, UPDATE, DELETE"
    columns = ", ".join(map(connection.ops.quote_name, fixed.changeable(model)))
    update = f", UPDATE ({columns})" if columns else ""
    delete = ", DELETE" if rule.disposal else ""  # the trigger lets go of rows over their time alone
    return f"SELECT, INSERT{update}{delete}"


def overpowered(connection: Any) -> list[str]:
    """Why the role of this connection could change what never changes; nothing where it could not."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user")
        found = ["is a superuser"] if cursor.fetchone()[0] else []
    protected = [model._meta.db_table for model in fixed.models_with_rules()]
    return [*found, "owns the tables"] if _owned(connection, protected)[0] else found


def require_owner(using: str = DEFAULT_DB_ALIAS) -> None:
    """Refused where tables are there and belong to somebody else: a migration would stop half-way."""
    connection = connections[using]
    if connection.vendor == "postgresql" and _owned(connection, READ_ONLY)[1]:
        words = "This role does not own the tables. Set DATABASE_OWNER_URL to the role that does, for this command."
        raise Refused([Problem(words)])


def _owned(connection: Any, tables: Iterable[str]) -> tuple[int, int]:
    """How many of these tables the present role owns, itself or by membership, and how many others do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE mine), count(*) FILTER (WHERE NOT mine) FROM ("
            "SELECT pg_catalog.pg_has_role(current_user, relowner, 'MEMBER') AS mine FROM pg_catalog.pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname = ANY(%s)) AS found",
            [list(tables)],
        )
        mine, others = cursor.fetchone()
    return mine, others


@register(Tags.database, deploy=True)
def the_application_owns_nothing(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """`check --deploy --database default` says when history rests on the application's good will."""
    return [
        Warning(
            f"The application's database role {words}: it could take the protection off the audit trail.",
            hint="Give the application a role of its own (docs/operations.md, Two roles).",
            id="astcoord.W001",
        )
        for alias in databases or []
        for words in overpowered(connections[alias])
    ]
