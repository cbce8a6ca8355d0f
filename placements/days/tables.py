"""The office's list of outreach days."""

from typing import Any

import django_tables2 as columns
from django.urls import reverse

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, StatusColumn, Table
from placements.days.models import OutreachDay
from placements.placement.models import Placement


def _diary(record: OutreachDay) -> str:
    return reverse("evaluation:placement_diary", args=[record.placement_id])


class CoverTable(Table):
    """For the AST's own school: who is away when, where, and how the classes are covered (R-18.4)."""

    noun = "day to cover"
    plural = "days to cover"

    on = DateColumn(verbose_name="Date")
    ast = LinkColumn(accessor="placement__post__user__name", verbose_name=say_later("AST"), linkify=_diary)
    days = NumberColumn(verbose_name="Days")
    host = columns.Column(accessor="placement__host__name", verbose_name="Works with")
    venue = columns.Column(verbose_name="Where")
    cover = columns.Column(
        accessor="placement__cover", verbose_name="Cover", order_by=("placement__cover", "on"), empty_values=()
    )
    status = StatusColumn()

    class Meta(Table.Meta):
        model = OutreachDay
        fields = ("on", "ast", "days", "host", "venue", "cover", "status")
        order_by = ("on",)

    def render_cover(self, record: OutreachDay) -> str:
        """The plan in words; that there is none is the thing to know."""
        return "; ".join(Placement._meta.get_field("cover").labels(record.placement)) or "Not planned yet"


class DayTable(Table):
    """When, who, where, and what became of it."""

    noun = "outreach day"

    on = DateColumn(verbose_name="Date", linkify=_diary)
    ast = LinkColumn(accessor="placement__post__user__name", verbose_name=say_later("AST"), linkify=False)
    host = columns.Column(accessor="placement__host__name", verbose_name="Host school")
    days = NumberColumn(verbose_name="Days")
    status = StatusColumn()
    cancelled_by = columns.Column(verbose_name="Cancelled by")
    cancelled_reason = columns.Column(verbose_name="Reason", visible=False)

    class Meta(Table.Meta):
        model = OutreachDay
        fields = ("on", "ast", "host", "days", "status", "cancelled_by", "cancelled_reason")
        order_by = ("-on",)

    def value_cancelled_by(self, record: OutreachDay) -> Any:
        return record.get_cancelled_by_display()
