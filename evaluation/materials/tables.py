"""The library as a list."""

from typing import Any

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, Table
from evaluation.materials.lifecycle import MaterialState
from evaluation.materials.models import Material
from staff.expertise.vocabulary import SHORT_STAGES, KeyStage


class MaterialTable(Table):
    """By title."""

    noun = "item"
    empty_text = "Nothing is in the library yet."

    title = LinkColumn(verbose_name="Material")
    subject = columns.Column(verbose_name="Subject")
    key_stages = columns.Column(verbose_name="Key stages", orderable=False)
    author = columns.Column(accessor="author__name", verbose_name=say_later("AST"))
    published_at = DateColumn(verbose_name="Published")
    state = columns.Column(verbose_name="State")

    class Meta(Table.Meta):
        model = Material
        fields = ("title", "subject", "key_stages", "author", "published_at", "state")

    def render_key_stages(self, value: Any) -> str:
        return ", ".join(SHORT_STAGES[KeyStage(stage)] for stage in value)

    def value_key_stages(self, value: Any) -> str:
        return self.render_key_stages(value)

    def render_state(self, value: Any) -> str:
        return str(MaterialState(value).label)
