"""Visits of the co-ordinator as a list (R-3.22)."""

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, Table
from staff.office_visits.models import OfficeVisit


class OfficeVisitTable(Table):
    """The newest first."""

    noun = "visit"
    empty_text = "No visit is logged yet."

    school = LinkColumn(accessor="school__name", verbose_name="School", order_by=("school__name_key",))
    ast = columns.Column(accessor="post__user__name", verbose_name=say_later("AST"), order_by=("post__user__name_key",))
    kind = columns.Column(verbose_name="What for")
    on = DateColumn(verbose_name="Day")
    visitor = columns.Column(accessor="visitor__name", verbose_name="Visitor", order_by=("visitor__name_key",))

    class Meta(Table.Meta):
        model = OfficeVisit
        fields = ("school", "ast", "kind", "on", "visitor")
