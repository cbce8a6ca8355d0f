"""Schools for the authority's side: the register, one school, statuses and contacts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core import policy as authority_policy
from astcoord.core.access import access, signed_in
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import AUTHORITY, OFFICE
from astcoord.ui.lists import FilteredList
from schools import actions, policy, reports
from schools.filters import GapFilter, SchoolFilter
from schools.forms import EndForm, StatusForm
from schools.models import School
from schools.querysets import SchoolQuerySet
from schools.tables import GapTable, SchoolTable


@access(AUTHORITY)
class SchoolList(FilteredList):
    """All schools, with filters and a file of exactly what is shown."""

    template_name = "schools/list.html"
    table_class = SchoolTable
    filterset_class = SchoolFilter
    title = "Schools"
    csv_name = "schools"

    def get_queryset(self) -> SchoolQuerySet:
        return School.objects.visible_to(self.request.user).with_category(today()).select_related("cluster").by_name()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_edit=policy.can_edit(self.request.user), **kwargs)


@access(AUTHORITY)
class CannotHostList(FilteredList):
    """Schools that the policy serves and that cannot host yet, and why (R-1.1)."""

    template_name = "schools/cannot_host.html"
    table_class = GapTable
    filterset_class = GapFilter
    title = "Schools that cannot yet host"
    csv_name = "schools-that-cannot-yet-host"

    def get_queryset(self) -> SchoolQuerySet:
        on = today()
        schools = School.objects.visible_to(self.request.user).served(authority_policy.in_force(on))
        return schools.cannot_yet_host(on).with_head_user(on).by_name()


@signed_in
def detail(request: HttpRequest, urn: int) -> HttpResponse:
    """One school: the register's facts, its history, its contacts."""
    on = today()
    visible = School.objects.visible_to(request.user).select_related("cluster").with_status(on).with_head_user(on)
    school = get_object_or_404(visible, urn=urn)
    page = reports.school_page(school, user=request.user, today=on)
    return render(request, "schools/detail.html", {"page": page, "school": school})


@access(OFFICE)
def status_add(request: HttpRequest, urn: int) -> HttpResponse:
    """Record a category or a programme (R-1.2)."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    form = StatusForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_status(school, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"{row.get_name_display()} recorded.")
            return redirect(school)
    return render(request, "schools/status_add.html", {"form": form, "school": school})


@access(OFFICE)
def status_end(request: HttpRequest, urn: int, pk: int) -> HttpResponse:
    """Give a category or programme its last day (R-1.2)."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    row = get_object_or_404(school.statuses, pk=pk)
    form = EndForm(request.POST or None, initial={"ends_on": row.ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_status(row, by=request.user, ends_on=form.cleaned_data["ends_on"])
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"{row.get_name_display()}: last day saved.")
            return redirect(school)
    return render(request, "schools/status_end.html", {"form": form, "school": school, "row": row})
