"""Requests as lists: the co-ordinator's queue, and a head's own."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

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
from placements.requests.reads import Help
from placements.requests.rules import found_words
from placements.requests.wording import weeks_words
from staff.accounts.models import RoleAssignment


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


VIEW = "view"
"""In an address: the query of the list that it was opened from, so that the next of that list can be found."""


def detail_url(record: Any, table: "QueueTable") -> str:
    """The request, and which view of the queue it is opened from."""
    return f"{reverse('placements:request_detail', args=[record.pk])}?{urlencode({VIEW: table.view})}"


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
    help = tables.Column(verbose_name="Could help", empty_values=(), orderable=False)
    owner = tables.Column(verbose_name="Looked after by", order_by="owner__name_key", default="Nobody")
    view = ""
    deputies: Mapping[int, RoleAssignment] = {}
    could_help: Callable[[list[OutreachRequest]], dict[int, Help]] | None = None
    """How the column finds its answers: for all rows that are shown, or all of the file, at once."""
    _heading: Callable[[OutreachRequest], str] | None = None

    class Meta(Table.Meta):
        model = OutreachRequest
        fields = ("reference", "host", "subject", "since", "help", "owner", "status", "days", "route")

    def in_bands(self, heading: Callable[[OutreachRequest], str]) -> None:
        """Put the rows under headings: overdue, due soon, later."""
        self._heading = heading

    def heading_of(self, record: OutreachRequest) -> str:
        return self._heading(record) if self._heading else ""

    @property
    def sort_words(self) -> str:
        return super().sort_words or ("the most urgent first" if self.total > 1 else "")

    def render_help(self, record: OutreachRequest) -> str:
        """How many ASTs could help, and the best with the days free; nothing where it is not the office's turn."""
        return str(self._helped.get(record.pk, ""))

    @cached_property
    def _helped(self) -> dict[int, Help]:
        rows = self.paginated_rows if getattr(self, "page", None) else self.rows
        return self.could_help([row.record for row in rows]) if self.could_help else {}

    def render_owner(self, value: Any, record: OutreachRequest) -> str:
        """With who stands in for them today (R-20.9)."""
        deputy = self.deputies.get(record.owner_id or 0)
        return f"{value}, now {deputy.user}" if deputy else str(value)

    def render_subject(self, record: OutreachRequest) -> SafeString | str:
        """The subject, and under it which aspect of it."""
        more = format_html('<br><span class="govuk-body-s">{}</span>', record.aspect) if record.aspect else ""
        return format_html("{}{}", record.get_subject_display(), more)

    def value_subject(self, record: OutreachRequest) -> str:
        return ", ".join(filter(None, [str(record.get_subject_display()), record.aspect]))

    def render_status(self, record: OutreachRequest) -> SafeString:
        return status_and_date(record)

    def render_since(self, record: OutreachRequest) -> SafeString:
        """The date, and under it how much is asked for, in which weeks and on which days, and how it reached us."""
        route = SHORT_ROUTES.get(Route(record.route), str(record.get_route_display()))
        asked = ", ".join(filter(None, [days(record.days) if record.days else "", route]))
        when = weeks_words(record.wanted_from, record.wanted_until, record.weekdays)
        lines = format_html_join(
            "", '<br><span class="govuk-body-s">{}</span>', ((line,) for line in (asked, when) if line)
        )
        return format_html("{}{}", day(record.since), lines)

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
