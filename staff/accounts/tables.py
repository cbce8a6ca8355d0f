"""The register of people, and lists of heads to tick."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from astcoord.ui.tables import DateColumn, LinkColumn, Table
from astcoord.ui.templatetags.govuk import moment, tag
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.reads import InvitationState


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


STATE_COLOURS = {
    InvitationState.WAITING: "blue",
    InvitationState.SENT: "green",
    InvitationState.FAILED: "red",
    InvitationState.NONE: "grey",
}


class UninvitedTable(Table):
    """Schools whose head cannot sign in, each with a box to tick."""

    noun = "school"
    empty_text = "No school here is without a headteacher who can sign in."

    name = tables.Column(verbose_name="School", order_by=("name_key", "urn"))
    phase = tables.Column()
    head_name = tables.Column(verbose_name="Headteacher", empty_values=())
    email = tables.Column(verbose_name="E-mail address", empty_values=())
    email_is_own = tables.Column(verbose_name="The headteacher’s own")

    class Meta(Table.Meta):
        model = School
        fields = ("name", "phase", "head_name", "email", "email_is_own")
        order_by = ("name",)

    def render_head_name(self, value: str) -> str:
        return value or "None"

    def value_head_name(self, value: str) -> str:
        return value

    def render_email(self, value: str) -> str:
        return value or "None"

    def value_email(self, value: str) -> str:
        return value

    def render_email_is_own(self, value: bool) -> str:
        return "Yes" if value else "No"

    def value_email_is_own(self, value: bool) -> str:
        return "Yes" if value else "No"


class HeadsTable(Table):
    """Heads with an account: what has become of the invitation, and whether they have been in."""

    noun = "headteacher"
    empty_text = "No headteacher here has an account."

    school = tables.Column(accessor="school__name", verbose_name="School")
    head = LinkColumn(
        accessor="user__name",
        verbose_name="Headteacher",
        linkify=lambda record: reverse("staff:person", args=[record.user_id]),
    )
    email = tables.Column(accessor="user__email", verbose_name="E-mail address")
    state = tables.Column(verbose_name="Invitation")
    signed_in = DateColumn(accessor="user__last_login", verbose_name="Last signed in", empty_values=())

    class Meta(Table.Meta):
        model = RoleAssignment
        fields = ("school", "head", "email", "state", "signed_in")
        order_by = ("school",)

    def render_state(self, record: Any) -> SafeString:
        state = InvitationState(record.state)
        when = (f" {moment(record.told_at)}",) if record.told_at else ()
        return format_html_join("", "{}", ((each,) for each in (tag(state.label, STATE_COLOURS[state]), *when)))

    def value_state(self, record: Any) -> str:
        return str(InvitationState(record.state).label)

    def render_signed_in(self, value: Any) -> SafeString | str:
        return moment(value) if value else "Never"

    def value_signed_in(self, value: Any) -> str:
        return value.date().isoformat() if value else ""
