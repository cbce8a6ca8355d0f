"""The register of people."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from astcoord.ui.tables import LinkColumn, Table
from astcoord.ui.templatetags.govuk import tag
from staff.accounts.models import User


class PeopleTable(Table):
    """Accounts with the roles they hold."""

    noun = "person"
    plural = "people"

    name = LinkColumn(order_by=("name_key",), linkify=lambda record: reverse("staff:person", args=[record.pk]))
    email = tables.Column(verbose_name="E-mail address")
    roles = tables.Column(empty_values=(), orderable=False, verbose_name="Roles today")

    class Meta(Table.Meta):
        model = User
        fields = ("name", "email", "roles")
        order_by = ("name",)

    def render_roles(self, record: Any) -> SafeString | str:
        if not record.is_active:
            return tag("Suspended", "red")
        held = [str(role) for role in record.held]
        return format_html_join("", "{}<br>", ((each,) for each in held)) if held else "None"

    def value_roles(self, record: Any) -> str:
        return "; ".join(str(role) for role in record.held) if record.is_active else "Suspended"
