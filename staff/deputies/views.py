"""Pages of the office’s deputies (R-20.9)."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import date_words
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import Link, form_page, sent, submit
from staff.accounts.models import RoleAssignment
from staff.accounts.permissions import is_coordinator
from staff.deputies import actions, reads
from staff.deputies.filters import DeputyFilter
from staff.deputies.forms import DaysForm, EndForm, NameDeputyForm
from staff.deputies.tables import DeputyTable

BACK = ("Deputies", "staff:deputies")


@access(OFFICE)
class DeputyList(FilteredList):
    """Who stands in now, later, and who did."""

    table_class = DeputyTable
    filterset_class = DeputyFilter
    template_name = "staff/deputies/list.html"
    title = "Deputies"
    csv_name = "deputies"
    few = 10

    def get_queryset(self) -> QuerySet[RoleAssignment]:
        return reads.all_on(today())

    def get_table(self, **kwargs: Any) -> DeputyTable:
        table: DeputyTable = super().get_table(**kwargs)
        table.may_change = is_coordinator(self.request.user)
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_name=is_coordinator(self.request.user), **kwargs)


@access(Role.COORDINATOR)
def name(request: Request) -> HttpResponse:
    """Whoever asks is away, unless they say otherwise."""
    form = NameDeputyForm(sent(request), initial={"person": request.user.in_whose_name.pk})
    if done := submit(form, lambda data: actions.name_deputy(by=request.user, **data)):
        messages.success(request, f"{_words(done.result)}. An e-mail says how to sign in.")
        return redirect("staff:deputies")
    lead = (
        "A deputy sees and does what the person who is away may, from the first day to the last. The history says for "
        "whom it was done. Requests and notes stay with the person who is away, and are the deputy’s meanwhile."
    )
    return form_page(request, form, title="Name a deputy", back=BACK, lead=lead)


@access(Role.COORDINATOR)
def change(request: Request, pk: int) -> HttpResponse:
    """Other days."""
    deputy = get_object_or_404(reads.all_on(today()), pk=pk)
    form = DaysForm(sent(request), deputy=deputy)
    if done := submit(form, lambda data: _change(deputy, data, request)):
        messages.success(request, f"{_words(done.result)}. The deputy is told.")
        return redirect("staff:deputies")
    way: Link = () if deputy.is_over(today()) else ("End it now", "staff:deputy_end", pk)
    return form_page(request, form, title="Change the days", caption=_words(deputy), back=BACK, after=way)


def _change(deputy: RoleAssignment, data: dict[str, Any], request: Request) -> RoleAssignment:
    first: Any = data.get("starts_on", deputy.starts_on)
    return actions.change_days(deputy=deputy, starts_on=first, ends_on=data["ends_on"], by=request.user)


@access(Role.COORDINATOR)
def end(request: Request, pk: int) -> HttpResponse:
    """At once, whether it has begun or not."""
    deputy = get_object_or_404(reads.all_on(today()), pk=pk)
    form = EndForm(sent(request))
    if submit(form, lambda _: actions.end_deputy(deputy=deputy, by=request.user)):
        messages.success(request, f"{deputy.user} no longer stands in for {deputy.stands_in_for}.")
        return redirect("home" if deputy.user_id == request.user.pk else "staff:deputies")
    lead = (
        "The access ends at once, and the deputy is told. What the deputy did stays in the history; requests and notes "
        "are with the person who was away, as before."
    )
    back = ("Back", "staff:deputy_change", pk)
    return form_page(request, form, title="End this deputy’s time", caption=_words(deputy), back=back, lead=lead)


def _words(deputy: RoleAssignment) -> str:
    """Such as “Nest Harrow stands in for Ada Quill from 2 to 13 November 2026”."""
    first, last = (date_words(day) if day else "" for day in (deputy.starts_on, deputy.ends_on))
    return f"{deputy.user} stands in for {deputy.stands_in_for} from {first} to {last}"
