"""Observations between ASTs as a list (R-3.14)."""

import django_tables2 as columns

from astcoord.ui.tables import DateColumn, LinkColumn, StatusColumn, Table
from staff.peers.models import PeerObservation


class PeerTable(Table):
    """The newest first."""

    noun = "observation"
    empty_text = "You have not proposed an observation, and nobody has asked you."

    observer = LinkColumn(accessor="observer__user__name", verbose_name="Watches")
    observed = columns.Column(accessor="observed__user__name", verbose_name="Is watched")
    focus = columns.Column(verbose_name="What is looked at")
    on = DateColumn(verbose_name="Day")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = PeerObservation
        fields = ("observer", "observed", "focus", "on", "status")
