"""Half-way reviews as a list."""

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, ReferenceColumn, StatusColumn, Table
from evaluation.half_way.models import HalfWayReview


class HalfWayTable(Table):
    """Those to be answered first stand first."""

    noun = "half-way review"

    host = LinkColumn(accessor="placement__host__name", verbose_name="Host school")
    ast = columns.Column(accessor="placement__post__user__name", verbose_name=say_later("AST"))
    reference = ReferenceColumn(
        accessor="placement__reference", verbose_name=say_later("Placement"), order_by=("placement_id",)
    )
    due_on = DateColumn(verbose_name="Answers due")
    status = StatusColumn()
    decision = columns.Column(accessor="get_decision_display", order_by=("decision",), verbose_name="Decision")

    class Meta(Table.Meta):
        model = HalfWayReview
        fields = ("host", "ast", "reference", "due_on", "status", "decision")
        order_by = ("due_on",)
