"""Schools that look for an AST, as an AST reads them: no name of anybody who works there (R-7.9)."""

from typing import Any

import django_tables2 as columns
from django.urls import reverse

from astcoord.ui.tables import DateColumn, NumberColumn, Table
from placements.requests.models import OutreachRequest


class LookingTable(Table):
    """Those that begin first at the top."""

    noun = "request"
    empty_text = "No school looks for help in your subjects and key stages now."

    school = columns.Column(
        accessor="host__name",
        verbose_name="School",
        linkify=lambda record: reverse("placements:looking", args=[record.pk]),
    )
    subject = columns.Column(verbose_name="Subject")
    need = columns.Column(verbose_name="What needs to get better", orderable=False)
    days = NumberColumn(verbose_name="Days")
    wanted_from = DateColumn(verbose_name="From")
    wanted_until = DateColumn(verbose_name="Until")
    said = columns.Column(verbose_name="You", orderable=False, empty_values=())

    class Meta(Table.Meta):
        model = OutreachRequest
        fields = ("school", "subject", "need", "days", "wanted_from", "wanted_until", "said")

    def render_said(self, record: Any) -> str:
        return "I could do this" if record.said else ""

    value_said = render_said
