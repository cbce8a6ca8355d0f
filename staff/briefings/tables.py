"""Briefing sessions as a list."""

import django_tables2 as columns

from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, Table
from staff.briefings.models import Briefing


class BriefingTable(Table):
    """By day."""

    noun = "session"
    empty_text = "No briefing session is planned."

    title = LinkColumn(verbose_name="About")
    on = DateColumn(verbose_name="Day")
    place = columns.Column(verbose_name="Where")
    places = NumberColumn(verbose_name="Places")
    taken = NumberColumn(verbose_name="Booked")
    waiting = NumberColumn(verbose_name="Waiting")

    class Meta(Table.Meta):
        model = Briefing
        fields = ("title", "on", "place", "places", "taken", "waiting")
