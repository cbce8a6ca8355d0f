"""Of two who do the same thing at once, the second weighs what the first has stored."""

from django.db import connection


def one_after_the_other(what: str) -> None:
    """Wait until whoever does `what` in a transaction has ended it; held until this transaction ends.

    SQLite has one writer at a time as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
