"""Return visits as a list."""

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, ReferenceColumn, StatusColumn, Table
from evaluation.returns.models import ReturnVisit


class ReturnTable(Table):
    """Those whose term comes first stand first."""

    noun = "return visit"

    host = LinkColumn(accessor="placement__host__name", verbose_name="Host school")
    ast = columns.Column(accessor="placement__post__user__name", verbose_name=say_later("AST"))
    reference = ReferenceColumn(
        accessor="placement__reference", verbose_name=say_later("Placement"), order_by=("placement_id",)
    )
    term = columns.Column(order_by=("opens_on",), verbose_name="Term")
    visit_on = DateColumn(verbose_name="Day")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = ReturnVisit
        fields = ("host", "ast", "reference", "term", "visit_on", "status")
        order_by = ("term",)
