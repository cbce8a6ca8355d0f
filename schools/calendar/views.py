"""Years, terms and half-terms, and the days on which schools are closed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import AUTHORITY, OFFICE
from schools.calendar import actions, permissions
from schools.calendar.forms import ClosureForm, NewYearForm, YearForm
from schools.calendar.models import AcademicYear, Closure
from schools.calendar.years import YearPlan, default_year, first_year_of, stored_year


@access(AUTHORITY)
def years(request: HttpRequest) -> HttpResponse:
    """Every year with its half-terms."""
    entered = AcademicYear.objects.prefetch_related("terms__half_terms").order_by("-starts_on")
    context = {"years": entered, "can_edit": permissions.can_edit(request.user)}
    return render(request, "schools/calendar/years.html", context)


@access(OFFICE)
def year_add(request: HttpRequest) -> HttpResponse:
    """Choose the year to enter; its page then offers usual dates."""
    entered = set(AcademicYear.objects.values_list("slug", flat=True))
    form = NewYearForm(request.POST or None, first_year=today().year, entered=entered)
    if request.method == "POST" and form.is_valid():
        return redirect("schools:year", slug=form.cleaned_data["slug"])
    return render(request, "schools/calendar/year_add.html", {"form": form})


@access(OFFICE)
def year(request: HttpRequest, slug: str) -> HttpResponse:
    """A year with its terms and half-terms on one form; nothing is saved unless all of it holds."""
    stored = AcademicYear.objects.filter(slug=slug).prefetch_related("terms__half_terms").first()
    form = YearForm(request.POST or None, plan=_dates(stored, slug))
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_year(form.plan(), by=request.user)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"The year {slug} is saved.")
            return redirect("schools:years")
    return render(request, "schools/calendar/year.html", {"form": form, "slug": slug, "stored": stored})


@access(AUTHORITY)
def closures(request: HttpRequest) -> HttpResponse:
    """Training days and other closed days; the office adds to them."""
    can_edit = permissions.can_edit(request.user)
    form = ClosureForm(request.POST or None) if can_edit else None
    if request.method == "POST" and form and form.is_valid():
        try:
            actions.add_closure(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, "Closed days added.")
            return redirect("schools:closures")
    context = {"form": form, "closures": Closure.objects.order_by("-starts_on"), "can_edit": can_edit}
    return render(request, "schools/calendar/closures.html", context)


@access(OFFICE)
@require_POST
def closure_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Schools teach on these days after all."""
    actions.remove_closure(get_object_or_404(Closure, pk=pk), by=request.user)
    messages.success(request, "Closed days removed.")
    return redirect("schools:closures")


def _dates(stored: AcademicYear | None, slug: str) -> YearPlan:
    """What is entered, or usual dates for a year that is not; 404 for what is no year."""
    try:
        first_year_of(slug)
    except ValueError as error:
        raise Http404 from error
    plan = stored_year(stored) if stored else None
    return plan if plan and len(plan.halves) == 6 else default_year(slug)
