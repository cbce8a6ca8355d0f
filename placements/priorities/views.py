"""The authority's list of priorities, and which of them a placement serves (R-14.1)."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core import timeline
from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import OFFICE, Role
from astcoord.ui.lists import FilteredList
from placements.priorities import actions
from placements.priorities.filters import PriorityFilter
from placements.priorities.forms import PriorityForm
from placements.priorities.lifecycle import PriorityState
from placements.priorities.models import Priority
from placements.priorities.tables import PriorityTable
from staff.accounts import permissions


def _counted() -> QuerySet[Any]:
    found = Priority.objects.with_state(today()).annotate(placement_count=Count("placements"))
    return found.order_by(*Priority._meta.ordering)  # a query that counts has no order of its own


@access(OFFICE | {Role.OFFICER})
class Priorities(FilteredList):
    """What the authority wants most, now, before and to come."""

    table_class = PriorityTable
    filterset_class = PriorityFilter
    template_name = "placements/priorities/list.html"
    title = "Priorities"
    csv_name = "priorities"
    few = 10

    def get_queryset(self) -> QuerySet[Any]:
        return _counted()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"may_keep": permissions.is_office(self.request.user), **super().get_context_data(**kwargs)}


@access(OFFICE | {Role.OFFICER})
def priority(request: HttpRequest, pk: int) -> HttpResponse:
    """One priority: what it says, how often it is served, what happened to it."""
    row = get_object_or_404(_counted(), pk=pk)
    context = {
        "priority": row,
        "state": PriorityState(row.state).label,
        "used": Priority.objects.used().filter(pk=pk).exists(),
        "may_keep": permissions.is_office(request.user),
        "events": [{**e, "title": e["title"].removeprefix("priority: ").capitalize()} for e in timeline.trail(row)],
    }
    return render(request, "placements/priorities/detail.html", context)


@access(OFFICE)
def save(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add one, or word one better."""
    row = get_object_or_404(Priority, pk=pk) if pk else None
    form = PriorityForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save(priority=row, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"“{saved}” is saved.")
            return redirect("placements:priorities")
    return render(request, "placements/priorities/form.html", {"form": form, "priority": row})


@access(OFFICE)
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it no longer."""
    row = actions.retire(priority=get_object_or_404(Priority, pk=pk), by=request.user)
    messages.success(request, f"“{row}” is retired. Nobody can choose it any more.")
    return redirect(row)


@access(OFFICE)
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a retired one again."""
    row = get_object_or_404(Priority, pk=pk)
    try:
        actions.bring_back(priority=row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{row}” can be chosen again.")
    return redirect(row)


@access(OFFICE)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away one that nobody has used."""
    row = get_object_or_404(Priority, pk=pk)
    try:
        actions.remove(priority=row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    messages.success(request, f"“{row}” is no longer on the list.")
    return redirect("placements:priorities")
