"""Deputies as a list."""

from typing import Any

import django_tables2 as columns
from django.urls import reverse

from astcoord.ui.tables import DateColumn, Table
from staff.accounts.models import RoleAssignment
from staff.deputies.reads import OVER, STATES


def days_url(record: Any, table: "DeputyTable") -> str | None:
    """Where the days are changed, while they can be, for who may."""
    return None if record.state == OVER or not table.may_change else reverse("staff:deputy_change", args=[record.pk])


class DeputyTable(Table):
    """The latest first."""

    noun = "deputy"
    plural = "deputies"
    may_change = False
    empty_text = "Nobody has stood in for anybody yet."

    user = columns.Column(verbose_name="Deputy", order_by="user__name_key", linkify=days_url)
    stands_in_for = columns.Column(verbose_name="Stands in for", order_by="stands_in_for__name_key")
    starts_on = DateColumn(verbose_name="First day")
    ends_on = DateColumn(verbose_name="Last day")
    state = columns.Column(verbose_name="State")

    class Meta(Table.Meta):
        model = RoleAssignment
        fields = ("user", "stands_in_for", "starts_on", "ends_on", "state")

    def render_state(self, value: str) -> str:
        return dict(STATES)[value]
