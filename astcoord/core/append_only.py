"""History that the database itself will not let anybody change (R-16.3).

Every model that is `AppendOnly` gets triggers on its table: UPDATE is refused, and so is DELETE, except of rows that
are older than the model's `disposal` says (the retention schedule). By the database's own clock: a program that has
the wrong date cannot dispose of anything. Installed after every `migrate`, so that a new table, or one that SQLite
built anew, is never without. The only way round is `lifted`, for emptying a whole database (`manage.py flush`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from astcoord.core.models.about import AppendOnly

SQLITE_DROP = [
    "DROP TRIGGER IF EXISTS {table}_no_update",
    "DROP TRIGGER IF EXISTS {table}_no_delete",
    "DROP TRIGGER IF EXISTS {table}_no_replace",
]
SQLITE = [
    *SQLITE_DROP,
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {kept} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    # REPLACE INTO deletes without asking the trigger above
    "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
]
POSTGRESQL_DROP = [
    "DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
    "DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
]
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' THEN IF NOT ({kept}) THEN RETURN OLD; END IF; END IF; "
    "RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; END $$",
    *POSTGRESQL_DROP,
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
]
CREATE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DROP = {"sqlite": SQLITE_DROP, "postgresql": POSTGRESQL_DROP}
KEPT = {
    "sqlite": "OLD.{column} >= datetime('now', '-{years} years')",
    "postgresql": "OLD.{column} >= now() - interval '{years} years'",
}


def protected_models() -> list[type[AppendOnly]]:
    """Every append-only model of the project."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def install(connection: BaseDatabaseWrapper, model: type[AppendOnly]) -> None:
    """Put the triggers on the model's table, or put them there anew."""
    _run(connection, CREATE, model)


def uninstall(connection: BaseDatabaseWrapper, model: type[AppendOnly]) -> None:
    """Take them away. Nothing but `lifted` calls this."""
    _run(connection, DROP, model)


def install_after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`: the append-only tables of the app that has just been migrated."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    for model in protected_models():
        if model._meta.app_label == sender.label and model._meta.db_table in there:
            install(connection, model)


@contextmanager
def lifted(using: str) -> Iterator[None]:
    """Without the triggers, in order to empty the whole database; afterwards they are back, whatever happened."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    found = [model for model in protected_models() if model._meta.db_table in there]
    for model in found:
        uninstall(connection, model)
    try:
        yield
    finally:
        for model in found:
            install(connection, model)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]], model: type[models.Model]) -> None:
    """The table's name and the years come from our own models, never from outside."""
    if connection.vendor not in statements:
        raise NotImplementedError(f"{connection.vendor} has no triggers here: use SQLite or PostgreSQL")
    table, kept = model._meta.db_table, _kept(connection.vendor, model)
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement.format(table=table, kept=kept))


def _kept(vendor: str, model: Any) -> str:
    """The condition under which a row must stay: always, or while it is younger than the schedule says."""
    if model.disposal is None:
        return "TRUE" if vendor == "postgresql" else "1"
    column, years = model.disposal
    return KEPT[vendor].format(column=column, years=int(years))
