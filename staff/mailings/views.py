"""Writing to several people from a list, and what was written to whom (R-20.12)."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.models.messages import Message
from astcoord.core.roles import OFFICE
from astcoord.core.wording import counted
from astcoord.ui import bulk
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from staff.mailings import actions, emails, reads
from staff.mailings.filters import MailingFilter, RecipientFilter
from staff.mailings.forms import WriteForm
from staff.mailings.models import Mailing
from staff.mailings.tables import MailingTable, RecipientTable


@access(OFFICE)
class MailingList(FilteredList):
    """All that was written from lists."""

    table_class = MailingTable
    filterset_class = MailingFilter
    title = "Messages to several people"
    csv_name = "messages-to-several"
    few = 10

    def get_queryset(self) -> QuerySet[Mailing]:
        return Mailing.objects.visible_to(self.request.user).select_related("by")


@access(OFFICE)
class MailingPage(FilteredList):
    """One of them: its words, and to whom it went."""

    table_class = RecipientTable
    filterset_class = RecipientFilter
    template_name = "staff/mailings/mailing.html"
    csv_name = "people-written-to"
    few = 10

    def get_queryset(self) -> QuerySet[Message]:
        mailings = Mailing.objects.visible_to(self.request.user).select_related("by")
        self.mailing = get_object_or_404(mailings, pk=self.kwargs["pk"])
        self.title = self.mailing.subject
        return Message.objects.about(self.mailing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "mailing": self.mailing}


@access(OFFICE)
def write(request: Request, code: str) -> HttpResponse:
    """Say it, look at it with those who will get it, send it."""
    source = reads.SOURCES.get(code)
    if source is None:
        raise Http404
    keys = bulk.chosen(request, source.page)
    if not keys:
        return bulk.nothing_chosen(request, source.page, "Tick those whom you want to write to, or “All”.")
    people = reads.addressees(source, keys)
    readers = [each.reader for each in people.reached]
    form = WriteForm(sent(request), initial=bulk.joined(keys), people=len(readers))
    if form.is_confirmed and (done := submit(form, lambda data: _send(data, source.title, readers, request))):
        messages.success(request, f"{counted(len(readers), 'message')} on the way.")
        return redirect(done.result)
    words = form.show() if readers and form.is_valid() else None
    return form_page(
        request,
        form,
        title=f"Write to {counted(len(readers), 'person', 'people')}",
        caption=source.title,
        back=bulk.back_to_list(request, f"Back to {source.title}", source.page),
        template="staff/mailings/write.html",
        people=people,
        preview=emails.preview(*words, readers[0]) if words else None,
    )


def _send(data: dict[str, Any], whom: str, readers: Any, request: Request) -> Mailing:
    said = {"subject": data["subject"], "text": data["text"]}
    return actions.write(**said, whom=whom, readers=readers, by=request.user)


@access(OFFICE)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back what has not gone."""
    mailing = get_object_or_404(Mailing.objects.visible_to(request.user), pk=pk)
    if done := attempt(request, lambda: actions.withdraw(mailing=mailing, by=request.user)):
        messages.success(request, f"{counted(done.result, 'message')} will not go.")
    return redirect(mailing)
