"""Network meetings as a list (R-3.13)."""

from typing import Any

import django_tables2 as columns

from astcoord.ui.tables import DateColumn, LinkColumn, StatusColumn, Table
from staff.networks.models import NetworkMeeting


class MeetingTable(Table):
    """The newest first."""

    noun = "meeting"
    empty_text = "There is no network meeting here."

    whom = LinkColumn(accessor="whom", verbose_name="For whom", orderable=False)
    kind = columns.Column(verbose_name="Kind")
    on = DateColumn(verbose_name="Day")
    place = columns.Column(verbose_name="Where")
    led_by = columns.Column(accessor="led_by__name", verbose_name="Led by", order_by=("led_by__name_key",))
    status = StatusColumn()

    class Meta(Table.Meta):
        model = NetworkMeeting
        fields: tuple[Any, ...] = ("whom", "kind", "on", "place", "led_by", "status")


class KeptTable(MeetingTable):
    """With how many are invited and were there: for those who read of all of them."""

    invited = columns.Column(verbose_name="Invited", orderable=False)
    sorry = columns.Column(verbose_name="Apologies", orderable=False)
    present = columns.Column(verbose_name="Were there", orderable=False)

    class Meta(MeetingTable.Meta):
        fields = (*MeetingTable.Meta.fields, "invited", "sorry", "present")
