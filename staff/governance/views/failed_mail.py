"""E-mails that could not be sent, whatever they were about: the office reads why, and tries again."""

from typing import Any

import django_tables2 as columns
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from astcoord.core import outbox
from astcoord.core.access import Request, access
from astcoord.core.doubt import doubtful
from astcoord.core.models.bounces import Unreachable
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.roles import OFFICE
from astcoord.ui.filters import NoFilter
from astcoord.ui.lists import FilteredList
from astcoord.ui.tables import DateColumn, Table


def failed() -> QuerySet[Message]:
    """What the mail relay refused for good, or what nobody would take for three days."""
    return Message.objects.filter(status=MessageStatus.FAILED).order_by("-queued_at")


class FailedTable(Table):
    """One row an e-mail; the bodies stay where they are."""

    noun = "e-mail"
    empty_text = "Every e-mail has gone out."
    caption = "E-mails that failed"

    subject = columns.Column()
    to_email = columns.Column(verbose_name="To")
    queued_at = DateColumn(verbose_name="Written")
    error = columns.Column(verbose_name="Why", orderable=False)
    again = columns.TemplateColumn(
        template_name="staff/governance/failed_again.html", verbose_name="", orderable=False, exclude_from_export=True
    )

    def render_error(self, record: Message, value: str) -> SafeString:
        doubt = format_html("<strong>{}.</strong> ", record.doubt) if record.doubt else ""
        return format_html("{}{}", doubt, value)

    def value_error(self, record: Message, value: str) -> str:
        return f"{record.doubt}. {value}" if record.doubt else value

    class Meta(Table.Meta):
        model = Message
        fields = ("subject", "to_email", "queued_at", "error", "again")


@access(OFFICE)
class FailedList(FilteredList):
    table_class = FailedTable
    filterset_class = NoFilter
    title = "E-mails that failed"
    csv_name = "failed-emails"

    template_name = "staff/governance/failed_mail.html"

    def get_queryset(self) -> QuerySet[Message]:
        return failed()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "doubtful": doubtful().count(),
            "unreachable": Unreachable.objects.count(),
        }


@access(OFFICE)
@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Back into the queue; pressed twice, once."""
    message: Any = get_object_or_404(Message, pk=pk)
    if outbox.retry(message, by=request.user):
        messages.success(request, "The e-mail is in the queue again.")
    elif message.is_removed:
        messages.warning(request, "The text of that e-mail was removed at its time: it cannot be sent again.")
    else:
        messages.warning(request, "That e-mail is no longer among those that failed.")
    return redirect("staff:failed_mail")
