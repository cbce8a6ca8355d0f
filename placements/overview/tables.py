"""The list of placements."""

import django_tables2 as columns

from astcoord.ui.tables import DateColumn, NumberColumn, ReferenceColumn, StatusColumn, Table
from placements.placement.models import Placement


class PlacementTable(Table):
    """Who works where, when, and what it waits for."""

    noun = "placement"

    reference = ReferenceColumn(linkify=True, order_by=("pk",), verbose_name="Reference")
    ast = columns.Column(accessor="post__user__name", verbose_name="AST")
    host = columns.Column(accessor="host__name", verbose_name="Host school")
    home = columns.Column(accessor="home__name", verbose_name="AST’s school", visible=False)
    starts_on = DateColumn(verbose_name="First day")
    ends_on = DateColumn(verbose_name="Last day", visible=False)
    days = NumberColumn(verbose_name="Days")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = Placement
        fields = ("reference", "ast", "host", "home", "starts_on", "ends_on", "days", "status")
        order_by = ("-reference",)
