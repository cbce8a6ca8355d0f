"""Summaries as a list."""

import django_tables2 as columns
from django.urls import reverse

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, ReferenceColumn, StatusColumn, Table
from placements.placement.models import Placement


class SummaryTable(Table):
    """Placements as governors see them."""

    noun = "placement"

    reference = ReferenceColumn(
        verbose_name=say_later("Placement"),
        order_by=("pk",),
        linkify=lambda record: reverse("evaluation:summary", args=[record.pk]),
    )
    host = columns.Column(accessor="host__name", verbose_name="Host school")
    subject = columns.Column(verbose_name="Subject")
    starts_on = DateColumn(verbose_name="First day")
    ends_on = DateColumn(verbose_name="Last day")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = Placement
        fields = ("reference", "host", "subject", "starts_on", "ends_on", "status")
        order_by = ("-starts_on",)
