"""Deployment plans as a list."""

from typing import Any

from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, ReferenceColumn, StatusColumn, Table
from placements.planning.models import Plan


class PlanTable(Table):
    """The newest first."""

    noun = "plan"
    empty_text = "No deployment plan has been made yet."

    reference = ReferenceColumn(accessor="reference", order_by="pk", verbose_name="Plan", linkify=True)
    title = LinkColumn(verbose_name="Weeks")
    kind = ReferenceColumn(verbose_name="Kind")
    status = StatusColumn()
    met = NumberColumn(verbose_name="Requests met")
    unmet_count = NumberColumn(verbose_name="Not met")
    created_at = DateColumn(verbose_name="Asked for on")

    class Meta(Table.Meta):
        model = Plan
        fields = ("reference", "title", "kind", "status", "met", "unmet_count", "created_at")

    def render_created_at(self, value: Any) -> Any:
        return DateColumn.render(self.columns["created_at"].column, value.date())
