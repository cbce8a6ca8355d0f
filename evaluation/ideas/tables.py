"""Ideas brought back as a list."""

from typing import Any

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, Table
from evaluation.ideas.models import Idea


class IdeaTable(Table):
    """The newest first."""

    noun = "idea"
    empty_text = "No idea has been written down yet."

    text = LinkColumn(verbose_name="Idea", orderable=False)
    ast = columns.Column(accessor="placement__post__user__name", verbose_name=say_later("AST"))
    host = columns.Column(accessor="placement__host__name", verbose_name="From")
    noted_on = DateColumn(verbose_name="Date")

    class Meta(Table.Meta):
        model = Idea
        fields = ("text", "ast", "host", "noted_on")
        order_by = ("-noted_on",)

    def render_text(self, record: Any) -> str:
        return str(record)

    def value_text(self, record: Any) -> str:
        return str(record.text)
