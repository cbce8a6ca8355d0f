"""Briefing sessions: the list, one, booking and giving back; held, moved and cancelled by the co-ordinator (R-2.21)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from schools.register.models import School
from staff.accounts.permissions import is_coordinator
from staff.briefings import actions
from staff.briefings.filters import BriefingFilter
from staff.briefings.forms import BookForm, BriefingForm
from staff.briefings.lifecycle import BookingStatus
from staff.briefings.models import Booking, Briefing
from staff.briefings.tables import BriefingTable

READERS = OFFICE | {Role.HEADTEACHER}


@access(READERS)
class BriefingList(FilteredList):
    """All sessions, the next first among those to come; how many places are left is for everybody."""

    table_class = BriefingTable
    filterset_class = BriefingFilter
    template_name = "staff/briefings/briefings.html"
    title = "Briefing sessions"
    csv_name = "briefing-sessions"
    few = 10

    def get_queryset(self) -> QuerySet[Briefing]:
        return Briefing.objects.to_come(today()).with_counts().order_by("on", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_add=is_coordinator(self.request.user), **kwargs)


@access(READERS)
@require_safe
def briefing(request: Request, pk: int) -> HttpResponse:
    """One session; who comes, as far as this person may read it."""
    row: Any = get_object_or_404(Briefing.objects.with_counts(), pk=pk)
    user = request.user
    open_ = row.cancelled_on is None and row.on >= today()
    mine = row.bookings.visible_to(user).select_related("school")
    context = {
        "briefing": row,
        "bookings": mine.exclude(status=BookingStatus.CANCELLED),
        "reads_names": user.has_role(Role.COORDINATOR, Role.HEADTEACHER),
        "may_book": open_ and user.has_role(Role.HEADTEACHER),
        "may_keep": open_ and is_coordinator(user),
        "open": open_,
        "facts": [
            ("Day", row.on),
            ("Time", row.hours),
            ("Where", row.place),
            ("Places", row.places),
            ("Booked", row.taken),
            ("On the waiting list", row.waiting),
        ],
    }
    return render(request, "staff/briefings/briefing.html", context)


@access(Role.COORDINATOR)
def briefing_add(request: Request) -> HttpResponse:
    """A session is planned."""
    form = BriefingForm(sent(request))
    if done := submit(form, lambda data: actions.save(by=request.user, **data)):
        messages.success(request, "The session is saved. Headteachers can book places.")
        return redirect(done.result)
    back = ("Briefing sessions", "staff:briefings")
    return form_page(request, form, title="Add a briefing session", back=back)


@access(Role.COORDINATOR)
def briefing_change(request: Request, pk: int) -> HttpResponse:
    """Another day, time or place is told to all who come."""
    row = get_object_or_404(Briefing, pk=pk)
    form = BriefingForm(sent(request), briefing=row)
    if submit(form, lambda data: actions.save(briefing=row, by=request.user, **data)):
        messages.success(request, "The session is saved.")
        return redirect(row)
    lead = "Everybody with a place, or on the waiting list, is told of another day, time or place by e-mail."
    return form_page(request, form, title="Change the session", caption=str(row), lead=lead, back=("Back", row))


@access(Role.COORDINATOR)
def briefing_cancel(request: Request, pk: int) -> HttpResponse:
    """It does not take place."""
    row = get_object_or_404(Briefing, pk=pk)
    return reason_page(
        request,
        partial(actions.cancel, briefing=row, by=request.user),
        title="Cancel the session",
        done="The session is cancelled, and everybody is told.",
        to=row,
        form=ReasonForm(sent(request), submit="Cancel the session", tone="warning", most=300),
        caption=str(row),
        back=("Back", row),
    )


@access(Role.HEADTEACHER)
def briefing_book(request: Request, pk: int) -> HttpResponse:
    """A place for the head, or for a teacher of the school."""
    row = get_object_or_404(Briefing, pk=pk)
    schools = list(School.objects.filter(pk__in=request.user.schools_as(Role.HEADTEACHER)).by_name())
    form = BookForm(sent(request), schools=schools)
    if done := submit(form, lambda data: _book(row, form, request, data)):
        messages.success(request, f"{done.result.name}: {done.result.get_status_display().lower()}.")
        return redirect(row)
    lead = "When all places are taken, you are on the waiting list and hear by e-mail when one comes free."
    return form_page(request, form, title="Book a place", caption=str(row), lead=lead, back=("Back", row))


def _book(row: Briefing, form: BookForm, request: Request, data: dict[str, Any]) -> Booking:
    said = {name: data[name] for name in ("attends", "name", "email")}
    return actions.book(briefing=row, school=form.school_chosen(), by=request.user, **said)


@access(Role.HEADTEACHER, Role.COORDINATOR)
@require_POST
def booking_cancel(request: Request, pk: int) -> HttpResponse:
    """The place is given back."""
    row = get_object_or_404(Booking.objects.visible_to(request.user).select_related("briefing"), pk=pk)
    if attempt(request, lambda: actions.give_back(booking=row, by=request.user)):
        messages.success(request, "The place is given back.")
    return redirect(row.briefing)
