"""Requests as lists: the co-ordinator's queue, and a head's own."""

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, NumberColumn, ReferenceColumn, StatusColumn, Table
from astcoord.ui.templatetags.govuk import day, days, status_tag
from placements.requests.lifecycle import REQUEST_EDITABLE, RequestStatus, Route
from placements.requests.models import OutreachRequest
from placements.requests.rules import found_words


def status_and_date(record: OutreachRequest) -> SafeString:
    """The tag, and under it what else tells how it goes: by when, who has still to answer, how much is found."""
    lines = [line for line in (_by_when(record), _still_to_answer(record)) if line]
    if found := found_words(record.days_found, record.days):
        lines.append(found)
    more = format_html_join("", '<br><span class="govuk-body-s">{}</span>', ((line,) for line in lines))
    return format_html("{}{}", status_tag(record), more)


def _by_when(record: OutreachRequest) -> str | SafeString:
    """The day at which a waiting request is looked at again; in the queue the day to decide by."""
    if record.status == RequestStatus.WAITING and record.look_again_on:
        return format_html("Look again {}", day(record.look_again_on))
    act_by = getattr(record, "act_by", None)
    return format_html("Decide by {}", day(act_by)) if act_by else ""


def _still_to_answer(record: OutreachRequest) -> str:
    """Whose yes or no a proposed match still lacks (R-7.5)."""
    if record.status != RequestStatus.PROPOSED:
        return ""
    lines = [line for match in record.matches.all() for line in match.answer_lines()]
    missing = dict.fromkeys(line.label for line in lines if line.waited_for and line.answer is None)
    return f"Still to answer: {', '.join(missing)}" if missing else ""


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
    Route.OTHER_STAFF: say_later("Authority staff"),
    Route.DATA: "Data",
}


class QueueTable(Table):
    """The most urgent first, under headings; whoever has waited longest stands on top of the rest."""

    noun = "request"
    reference = NumberedColumn(accessor="reference", order_by="pk", verbose_name="Request", linkify=detail_url)
    host = tables.Column(verbose_name="School", order_by="host__name")
    subject = tables.Column(verbose_name="Subject")
    days = NumberColumn(verbose_name="Days", visible=False)  # in the file; on the page under the date
    since = DateColumn(verbose_name="Waiting since")
    route = tables.Column(verbose_name="Route", visible=False)
    status = StatusColumn(verbose_name="Whose turn")
    _heading: Callable[[OutreachRequest], str] | None = None

    class Meta(Table.Meta):
        model = OutreachRequest
        fields = ("reference", "host", "subject", "since", "status", "days", "route")

    def in_bands(self, heading: Callable[[OutreachRequest], str]) -> None:
        """Put the rows under headings: overdue, due soon, later."""
        self._heading = heading

    def heading_of(self, record: OutreachRequest) -> str:
        return self._heading(record) if self._heading else ""

    @property
    def sort_words(self) -> str:
        return super().sort_words or ("the most urgent first" if self.total > 1 else "")

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
