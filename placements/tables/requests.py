"""Requests as lists: the co-ordinator's queue, and a head's own."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from astcoord.ui.tables import DateColumn, NumberColumn, ReferenceColumn, StatusColumn, Table
from astcoord.ui.templatetags.govuk import day, days, status_tag
from placements.lifecycle import REQUEST_EDITABLE, RequestStatus
from placements.models import OutreachRequest
from placements.models.requests import Route


def status_and_date(record: OutreachRequest) -> SafeString:
    """The tag, and under it the date at which a waiting request is looked at again."""
    if record.status == RequestStatus.WAITING and record.look_again_on:
        words = format_html('<br><span class="govuk-body-s">Look again {}</span>', day(record.look_again_on))
        return status_tag(record) + words
    return status_tag(record)


def detail_url(record: Any) -> str:
    return reverse("placements:request_detail", args=[record.pk])


def own_url(record: Any) -> str:
    """To the answers while they wait for the head, to the story afterwards."""
    name = "request_check" if record.status in REQUEST_EDITABLE - {RequestStatus.RETURNED} else "request_detail"
    return reverse(f"placements:{name}", args=[record.pk])


class NumberedColumn(ReferenceColumn):
    """References count up, so their order is an age."""

    sort_words = ("oldest first", "newest first")


SHORT_ROUTES = {
    Route.LETTER: "Letter",
    Route.DIRECT: "Direct",
    Route.HEAD_OF_IMPROVEMENT: "School improvement",
    Route.OTHER_STAFF: "Authority staff",
    Route.DATA: "Data",
}


class QueueTable(Table):
    """Oldest first: whoever has waited longest stands on top."""

    noun = "request"
    reference = NumberedColumn(accessor="reference", order_by="pk", verbose_name="Request", linkify=detail_url)
    host = tables.Column(verbose_name="School", order_by="host__name")
    subject = tables.Column(verbose_name="Subject")
    days = NumberColumn(verbose_name="Days", visible=False)  # in the file; on the page under the date
    since = DateColumn(verbose_name="Waiting since")
    route = tables.Column(verbose_name="Route", visible=False)
    status = StatusColumn()

    class Meta(Table.Meta):
        model = OutreachRequest
        fields = ("reference", "host", "subject", "since", "status", "days", "route")
        order_by = ("since",)

    def render_status(self, record: OutreachRequest) -> SafeString:
        return status_and_date(record)

    def render_since(self, record: OutreachRequest) -> SafeString:
        """The date, and under it how much is asked for and how it reached us (R-5.6)."""
        route = SHORT_ROUTES.get(Route(record.route), str(record.get_route_display()))
        asked = f"{days(record.days)}, {route}" if record.days else route
        return format_html('{}<br><span class="govuk-body-s">{}</span>', day(record.since), asked)

    def value_since(self, record: OutreachRequest) -> str:
        return localdate(record.since).isoformat()

    def value_route(self, record: OutreachRequest) -> str:
        return str(record.get_route_display())

    def value_status(self, record: OutreachRequest) -> str:
        return str(record.get_status_display())


class OwnRequestTable(Table):
    """A head's own requests, newest first; a draft opens where it can be finished."""

    noun = "request"
    empty_text = "You have not asked for anything yet."
    reference = NumberedColumn(accessor="reference", order_by="pk", verbose_name="Request", linkify=own_url)
    subject = tables.Column(verbose_name="Subject")
    since = DateColumn(accessor="submitted_at", verbose_name="Sent")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = OutreachRequest
        fields = ("reference", "subject", "since", "status")
        order_by = ("-reference",)

    def render_status(self, record: OutreachRequest) -> SafeString:
        return status_and_date(record)
