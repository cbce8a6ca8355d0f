"""History that the database itself will not let anybody change (R-16.3), and papers that keep their words (R-8.12).

Every model with a rule (`core.fixed`) gets triggers on its table: UPDATE is refused, save of what the rule lets change,
and so is DELETE, except of rows that are older than the rule's `disposal` says (the retention schedule). By the
database's own clock: a program that has the wrong date cannot dispose of anything. Installed after every `migrate`, so
that a new table, or one that SQLite built anew, is never without. The only way round is `lifted`: for emptying a whole
database (`manage.py flush`), and for a migration that takes out what should never have been written.

A trigger stops a mistake. It stops somebody with bad intent only where the application's role does not own the tables,
and so cannot take the trigger away: `core.database_roles`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from astcoord.core import fixed

SQLITE_DROP = [
    "DROP TRIGGER IF EXISTS {table}_no_update",
    "DROP TRIGGER IF EXISTS {table}_no_delete",
    "DROP TRIGGER IF EXISTS {table}_no_replace",
]
SQLITE = [
    *SQLITE_DROP,
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({change}) "
    "BEGIN SELECT RAISE(ABORT, '{words}'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {kept} BEGIN SELECT RAISE(ABORT, '{words}'); END",
    # REPLACE INTO deletes without asking the trigger above
    "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, '{words}'); END",
]
POSTGRESQL_DROP = [
    "DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
    "DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
]
POSTGRESQL = [
    # Its own path: nobody puts a function of another schema before the database's.
    "CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql "
    "SET search_path = pg_catalog, pg_temp AS $$ BEGIN "
    "IF TG_OP = 'UPDATE' THEN IF {change} THEN RETURN NEW; END IF; END IF; "
    "IF TG_OP = 'DELETE' THEN IF NOT ({kept}) THEN RETURN OLD; END IF; END IF; "
    "RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation'; END $$",
    *POSTGRESQL_DROP,
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
]
CREATE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DROP = {"sqlite": SQLITE_DROP, "postgresql": POSTGRESQL_DROP}

protected_models = fixed.models_with_rules


def install(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """Put the triggers on the model's table, or put them there anew."""
    _run(connection, CREATE, model)


def uninstall(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """Take them away. Nothing but `lifted` calls this."""
    _run(connection, DROP, model)


def install_after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`: the protected tables of the app that has just been migrated."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    for model in protected_models():
        if model._meta.app_label == sender.label and model._meta.db_table in there:
            install(connection, model)


@contextmanager
def lifted(using: str, *, only: str = "") -> Iterator[None]:
    """Without the triggers of every table, or of `only` one; afterwards they are back, whatever happened."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    tables = there & {only} if only else there
    found = [model for model in protected_models() if model._meta.db_table in tables]
    for model in found:
        uninstall(connection, model)
    try:
        yield
    finally:
        for model in found:
            install(connection, model)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]], model: type[models.Model]) -> None:
    """The table's and columns' names and the years come from our own models, never from outside."""
    vendor, table = connection.vendor, model._meta.db_table
    if vendor not in statements:
        raise NotImplementedError(f"{vendor} has no triggers here: use SQLite or PostgreSQL")
    said = "keeps its rows as they are" if fixed.changeable(model) else "is append-only"
    parts = {
        "table": table,
        "words": f"{table} {said}",
        "change": fixed.allowed_change(vendor, model),
        "kept": fixed.must_stay(vendor, model),
    }
    with connection.cursor() as cursor:
        for statement in statements[vendor]:
            cursor.execute(statement.format(**parts))
