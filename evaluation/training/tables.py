"""Statements on training as a list (R-1.8)."""

from typing import Any

import django_tables2 as columns

from astcoord.ui.tables import LinkColumn, Table
from evaluation.training.models import TrainingStatement


def _page(record: Any) -> str:
    """Of the row itself, not of its school."""
    return str(record.get_absolute_url())


class StatementTable(Table):
    """The newest school year first."""

    noun = "statement on training"
    nouns = "statements on training"
    empty_text = "No statement has been made yet."

    school = LinkColumn(accessor="school__name", verbose_name="School", order_by=("school__name_key",), linkify=_page)
    year = columns.Column(verbose_name="School year", order_by=("year__starts_on",))
    statement = columns.Column(verbose_name="Statement", orderable=False)

    class Meta(Table.Meta):
        model = TrainingStatement
        fields = ("school", "year", "statement")
