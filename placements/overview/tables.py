"""The list of placements."""

from typing import Any

import django_tables2 as columns
from django.utils.html import format_html
from django.utils.safestring import SafeString

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, NumberColumn, ReferenceColumn, StatusColumn, Table
from astcoord.ui.templatetags.govuk import status_tag
from placements.overview.reads.lists import turn_words
from placements.placement.models import Placement


class PlacementTable(Table):
    """Who works where, when, and what it waits for."""

    noun = "placement"

    reference = ReferenceColumn(linkify=True, order_by=("pk",), verbose_name="Reference")
    ast = columns.Column(accessor="post__user__name", verbose_name=say_later("AST"))
    host = columns.Column(accessor="host__name", verbose_name="Host school")
    home = columns.Column(accessor="home__name", verbose_name=say_later("AST’s school"), visible=False)
    starts_on = DateColumn(verbose_name="First day")
    ends_on = DateColumn(verbose_name="Last day", visible=False)
    days = NumberColumn(verbose_name="Days")
    status = StatusColumn()
    taken_in_on = DateColumn(verbose_name="Agreed before this system, entered", visible=False)
    turn = columns.Column(verbose_name="Past its last day", empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Placement
        fields = ("reference", "ast", "host", "home", "starts_on", "ends_on", "days", "status", "taken_in_on", "turn")
        order_by = ("-reference",)

    def render_status(self, record: Any) -> SafeString:
        """The tag, and under it that it was agreed before this system (R-17.4)."""
        before = '<br><span class="govuk-body-s">{}</span>'
        return status_tag(record) + (format_html(before, "Agreed before this system") if record.taken_in_on else "")

    def value_status(self, record: Any) -> str:
        """Its words, for files."""
        return str(record.get_status_display())

    def render_turn(self, record: Any) -> str:
        """Whose turn it is once the last day has passed."""
        return turn_words(record, today())
