"""The authority's priorities as a list."""

from typing import Any

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import LinkColumn, NumberColumn, ReferenceColumn, Table
from placements.priorities.lifecycle import PriorityState
from placements.priorities.models import Priority


class PriorityTable(Table):
    """In the plans' own order: by where they come from, then by number."""

    noun = "priority"
    plural = "priorities"
    empty_text = "No priority is on the list yet."

    reference = ReferenceColumn(verbose_name="Number", default="")
    name = LinkColumn(verbose_name="Priority")
    kind = columns.Column(verbose_name="Where from")
    years = columns.Column(verbose_name="School years", order_by=("first_year", "last_year"))
    state = columns.Column(verbose_name="State")
    placement_count = NumberColumn(verbose_name=say_later("Placements"))

    class Meta(Table.Meta):
        model = Priority
        fields = ("reference", "name", "kind", "years", "state", "placement_count")

    def render_state(self, value: Any) -> str:
        return str(PriorityState(value).label)
