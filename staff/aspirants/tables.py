"""The list of aspirants."""

from typing import Any

import django_tables2 as columns

from astcoord.ui.tables import DateColumn, LinkColumn, Table
from staff.aspirants.lifecycle import AspirantState
from staff.aspirants.models import Aspirant


class AspirantTable(Table):
    """Those on the list before those off it, by name."""

    noun = "aspirant"
    empty_text = "Nobody is on the list yet."

    name = LinkColumn(verbose_name="Name", order_by=("name_key",))
    school = columns.Column(accessor="school__name", verbose_name="School")
    phase = columns.Column(accessor="school__phase", verbose_name="Phase")
    subject = columns.Column(verbose_name="Subject")
    readiness = columns.Column(verbose_name="How ready")
    since = DateColumn(verbose_name="Since")
    state = columns.Column(verbose_name="State")

    class Meta(Table.Meta):
        model = Aspirant
        fields = ("name", "school", "phase", "subject", "readiness", "since", "state")

    def render_phase(self, record: Aspirant) -> str:
        return str(record.school.get_phase_display())

    def render_state(self, value: Any) -> str:
        return str(AspirantState(value).label)
