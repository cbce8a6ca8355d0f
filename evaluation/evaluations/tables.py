"""Evaluation forms as a list."""

from typing import Any

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, ReferenceColumn, StatusColumn, Table
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads.forms import whose


class EvaluationTable(Table):
    """What is late comes first; what nobody waits for comes last."""

    noun = "evaluation form"

    reference = ReferenceColumn(
        accessor="placement__reference", verbose_name=say_later("Placement"), order_by=("placement_id",)
    )
    kind = LinkColumn(verbose_name="Form")
    asked_of = columns.Column(verbose_name="Asked of")
    ast = columns.Column(accessor="placement__post__user__name", verbose_name=say_later("AST"))
    host = columns.Column(accessor="placement__host__name", verbose_name="Host school")
    due_on = DateColumn(verbose_name="Due")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = Evaluation
        fields = ("kind", "asked_of", "reference", "ast", "host", "due_on", "status")

    def __init__(self, *args: Any, names: bool = False, **kwargs: Any) -> None:
        self.names = names
        super().__init__(*args, **kwargs)

    def render_asked_of(self, record: Evaluation) -> str:
        """By name for those who may know it."""
        return whose(record, names=self.names)

    def value_asked_of(self, record: Evaluation) -> str:
        """A file may lie about: the person's role only, never the name."""
        return record.get_asked_of_display()
