"""Requests as lists: the co-ordinator's queue, and a head's own."""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from astcoord.core.words import say_later
from astcoord.ui import status
from astcoord.ui.tables import DateColumn, NumberColumn, ReferenceColumn, StatusColumn, Table
from astcoord.ui.templatetags.govuk import days, nowrap, tag
from placements.requests.lifecycle import REQUEST_EDITABLE, RequestStatus, Route
from placements.requests.models import OutreachRequest
from placements.requests.reads import Bands, Help
from placements.requests.rules import found_words
from placements.requests.wording import short, span_words, weekdays_words, weeks_words


def status_and_more(record: OutreachRequest, *more: str | SafeString, said: str = "") -> SafeString:
    """The tag, and under it what else tells how it goes: who has still to answer, how much is found."""
    lines = (*more, _still_to_answer(record), found_words(record.days_found, record.days))
    return format_html("{}{}", tag(said or status.words(record), status.colour(record)), _under(*lines))


def _under(*lines: str | SafeString) -> SafeString:
    """Each on a line of its own; nothing for what is empty."""
    return format_html_join("", "<br>{}", ((line,) for line in lines if line))


def _by_when(record: OutreachRequest) -> str | SafeString:
    """The day at which a waiting request is looked at again; in the queue the day to decide by."""
    if record.status == RequestStatus.WAITING and record.look_again_on:
        return nowrap(f"Look again {short(record.look_again_on)}")
    act_by = getattr(record, "act_by", None)
    return nowrap(f"Decide by {short(act_by)}") if act_by else ""


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
    Route.HEAD_OF_IMPROVEMENT: "Improvement",
    Route.OTHER_STAFF: say_later("Authority staff"),
    Route.DATA: "Data",
}


SHORT_STATES = {
    RequestStatus.SUBMITTED: "To be read",
    RequestStatus.UNDER_REVIEW: say_later("AST looked for"),
    RequestStatus.WAITING: "On waiting list",
}


class QueueTable(Table):
    """The most urgent first, under headings; whoever has waited longest stands on top of the rest."""

    noun = "request"
    reference = NumberedColumn(accessor="reference", order_by="pk", verbose_name="Request", linkify=detail_url)
    host = tables.Column(verbose_name="School", order_by="host__name")
    subject = tables.Column(verbose_name="Subject")
    days = NumberColumn(verbose_name="Days", visible=False)  # in the file; on the page with the weeks
    wanted = tables.Column(accessor="wanted_from", verbose_name="Wanted", empty_values=())
    since = DateColumn(verbose_name="Waiting since")
    route = tables.Column(verbose_name="Route", visible=False)
    status = StatusColumn(verbose_name="Whose turn")
    help = tables.Column(verbose_name="Could help", empty_values=(), orderable=False)
    owner = tables.Column(verbose_name="Looked after by", order_by="owner__name_key", default="Nobody")
    view = ""
    could_help: Callable[[list[OutreachRequest]], dict[int, Help]] | None = None
    """How the column finds its answers: for all rows that are shown, or all of the file, at once."""

    class Meta(Table.Meta):
        model = OutreachRequest
        fields = ("reference", "host", "subject", "wanted", "since", "help", "owner", "status", "days", "route")

    def __init__(self, *args: Any, bands: Callable[[], Bands] | None = None, **kwargs: Any) -> None:
        self.bands = bands
        super().__init__(*args, **kwargs)

    @cached_property
    def _bands(self) -> Bands | None:
        return self.bands() if self.bands and not self.order_by else None

    def paginate(self, paginator_class: Any = Paginator, *args: Any, **kwargs: Any) -> Any:
        """Rows that stand under headings have been counted for these."""

        def counted(*rows: Any, **more: Any) -> "Paginator[Any]":
            paginator = paginator_class(*rows, **more)
            if self._bands:
                paginator.count = self._bands.total
            return paginator

        return super().paginate(counted, *args, **kwargs)

    def heading_of(self, record: OutreachRequest) -> str:
        return self._bands.heading_of(record) if self._bands else ""

    @property
    def sort_words(self) -> str:
        return super().sort_words or ("the most urgent first" if self.total > 1 else "")

    def render_help(self, record: OutreachRequest) -> SafeString | str:
        """How many ASTs could help, and the best with the days free; nothing where it is not the office's turn."""
        found = self._helped.get(record.pk)
        if not found or not found.best:
            return str(found or "")
        return format_html("{}{}", nowrap(f"{found.count}, best {days(found.free)}"), _under(found.best))

    def value_help(self, record: OutreachRequest) -> str:
        return str(self._helped.get(record.pk, ""))

    @property
    def shown_rows(self) -> list[OutreachRequest]:
        """Those of this page, or all of the file."""
        return [row.record for row in (self.paginated_rows if getattr(self, "page", None) else self.rows)]

    @cached_property
    def _helped(self) -> dict[int, Help]:
        return self.could_help(self.shown_rows) if self.could_help else {}

    def render_owner(self, value: Any, record: OutreachRequest) -> str:
        """With who stands in for them today (R-20.9)."""
        deputy = getattr(record, "deputy", None)
        return f"{value}, now {deputy}" if deputy else str(value)

    def render_subject(self, record: OutreachRequest) -> str:
        """The subject, and which aspect of it."""
        return ": ".join(filter(None, [str(record.get_subject_display()), record.aspect]))

    def value_subject(self, record: OutreachRequest) -> str:
        return ", ".join(filter(None, [str(record.get_subject_display()), record.aspect]))

    def render_status(self, record: OutreachRequest) -> SafeString:
        """The state in few words where the heading says whose turn it is; the request's own page has all of them."""
        if record.status == RequestStatus.PROPOSED:
            self._with_answers()
        return status_and_more(record, said=SHORT_STATES.get(RequestStatus(record.status), ""))

    def _with_answers(self) -> None:
        """Who has answered is asked for once, and only where a match that is out is shown."""
        rows = [record for record in self.shown_rows if record.status == RequestStatus.PROPOSED]
        prefetch_related_objects([match for record in rows for match in record.matches.all()], "answers")

    def render_wanted(self, record: OutreachRequest) -> SafeString:
        """How much is asked for and on which days, and under it in which weeks."""
        asked = ", ".join(filter(None, [days(record.days) if record.days else "", weekdays_words(record.weekdays)]))
        first, last = record.wanted_from, record.wanted_until
        return format_html("{}{}", asked, _under(nowrap(span_words(first, last)) if first and last else ""))

    def value_wanted(self, record: OutreachRequest) -> str:
        return weeks_words(record.wanted_from, record.wanted_until, record.weekdays)

    def render_since(self, record: OutreachRequest) -> SafeString:
        """The day, with how the request reached us; under it the day by which something is owed."""
        route = SHORT_ROUTES.get(Route(record.route), str(record.get_route_display()))
        since = nowrap(f"{short(localdate(record.since))}, {route}")
        return format_html("{}{}", since, _under(_by_when(record)))

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
        return status_and_more(record, _by_when(record))
