"""Rows as bare numbers and text: a national subject has thousands, and every converter is paid for each of them.

Dates that are not cast to ISO text come as the driver has them, a text or a date; sums of days likewise.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import Aggregate, F, Func, QuerySet, TextField
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Cast


def plain(rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    """What `values_list` selects, as the driver hands it over: dates and decimals must have been cast before."""
    found: Iterator[tuple[Any, ...]] = chain.from_iterable(rows.query.get_compiler(rows.db).execute_sql())
    return found


def raw(column: str) -> ExpressionWrapper:
    """A column as it is stored: parsing sets of codes is dear."""
    return ExpressionWrapper(F(column), output_field=TextField())


def iso(column: str) -> Cast:
    """A date as `2026-10-06`."""
    return Cast(column, TextField())


class Spelt(Func):
    """Several values of one row as one text: `1/4/2026-09-01`."""

    template = "%(expressions)s"
    arg_joiner = " || '/' || "
    output_field = TextField()


class Joined(Aggregate):
    """The texts of a group as one, in no order: `2026-10-06/4,2026-10-13/4`."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)
