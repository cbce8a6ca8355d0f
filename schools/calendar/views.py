"""Years, terms and half-terms, and the days on which schools are closed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, OFFICE
from astcoord.ui.submit import form_page, sent, submit
from schools.calendar import actions, permissions
from schools.calendar.forms import ClosureForm, NewYearForm, YearForm
from schools.calendar.models import AcademicYear, Closure
from schools.calendar.years import YearPlan, default_year, first_year_of, stored_year


@access(AUTHORITY)
def years(request: Request) -> HttpResponse:
    """Every year with its half-terms."""
    entered = AcademicYear.objects.prefetch_related("terms__half_terms").order_by("-starts_on")
    context = {"years": entered, "can_edit": permissions.can_edit(request.user)}
    return render(request, "schools/calendar/years.html", context)


@access(OFFICE)
def year_add(request: Request) -> HttpResponse:
    """Choose the year to enter; its page then offers usual dates."""
    entered = set(AcademicYear.objects.values_list("slug", flat=True))
    form = NewYearForm(sent(request), first_year=today().year, entered=entered)
    if form.is_valid():
        return redirect("schools:year", slug=form.cleaned_data["slug"])
    return _form_page(request, form, title="Add an academic year")


@access(OFFICE)
def year(request: Request, slug: str) -> HttpResponse:
    """A year with its terms and half-terms on one form; nothing is saved unless all of it holds."""
    stored = AcademicYear.objects.filter(slug=slug).prefetch_related("terms__half_terms").first()
    form = YearForm(sent(request), plan=_dates(stored, slug))
    if submit(form, lambda _: actions.save_year(form.plan(), by=request.user)):
        messages.success(request, f"The year {slug} is saved.")
        return redirect("schools:years")
    usual = "These are usual dates for an English school year, not yet saved. Change them where yours differ."
    return _form_page(request, form, title=f"Academic year {slug}", lead=() if stored else usual)


@access(AUTHORITY)
def closures(request: Request) -> HttpResponse:
    """Training days and other closed days; the office adds to them."""
    can_edit = permissions.can_edit(request.user)
    form = ClosureForm(sent(request)) if can_edit else None
    if form and submit(form, lambda data: actions.add_closure(by=request.user, **data)):
        messages.success(request, "Closed days added.")
        return redirect("schools:closures")
    context = {"form": form, "closures": Closure.objects.order_by("-starts_on"), "can_edit": can_edit}
    return render(request, "schools/calendar/closures.html", context)


@access(OFFICE)
@require_POST
def closure_remove(request: Request, pk: int) -> HttpResponse:
    """Schools teach on these days after all."""
    actions.remove_closure(get_object_or_404(Closure, pk=pk), by=request.user)
    messages.success(request, "Closed days removed.")
    return redirect("schools:closures")


def _form_page(request: Request, form: Any, *, title: str, lead: Any = ()) -> HttpResponse:
    back = ("School calendar", "schools:years")
    return form_page(request, form, title=title, caption="School calendar", back=back, lead=lead)


def _dates(stored: AcademicYear | None, slug: str) -> YearPlan:
    """What is entered, or usual dates for a year that is not; 404 for what is no year."""
    try:
        first_year_of(slug)
    except ValueError as error:
        raise Http404 from error
    plan = stored_year(stored) if stored else None
    return plan if plan and len(plan.halves) == 6 else default_year(slug)
