"""Whether this process can do its work: the database answers, and has the tables that this release expects."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


class NotYet(Exception):
    """Not ready, with the reason in words; raised, so that it is not remembered."""


def problem() -> str:
    """Why not, or nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        _migrated()
    except NotYet as error:
        return str(error)
    except DatabaseError:
        return "the database does not answer"
    return ""


@cache
def _migrated() -> None:
    """Looked up until it is so; a running process stays with the tables that it has found."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotYet("the database is not migrated to this release")
