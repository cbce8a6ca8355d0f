"""What happens on an outreach day: read by all who may, settled by the AST and the host headteacher (R-10.1)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import OFFICE, Role
from placements import policy
from placements.actions import parts as actions
from placements.forms.parts import PartsForm
from placements.models import OutreachDay, Placement
from placements.reports import parts as reports


@access(Role.AST, Role.HEADTEACHER, OFFICE, Role.CONSULTANT)
@require_safe
def day_parts(request: HttpRequest, pk: int) -> HttpResponse:
    """One day's plan, read."""
    day = _day(request, pk)
    context = {"day": day, "placement": day.placement, "plan": reports.day_plan(day, request.user, today())}
    return render(request, "placements/days/parts.html", context)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def day_parts_change(request: HttpRequest, pk: int) -> HttpResponse:
    """One day's plan, written: the plan that stands, or one to begin with."""
    day = _day(request, pk)
    if not policy.can_plan_parts(request.user, day):
        raise PermissionDenied
    if not reports.is_ahead(day, today()):
        return redirect("placements:day_parts", pk=day.pk)
    start, taken_from = reports.start_of(day)
    others = reports.without_plan(day, today()).count()
    form = PartsForm(request.POST or None, day=day, start=start, others=others)
    overtaken = False
    if request.method == "POST" and form.is_valid():
        try:
            planned = _save(form, day, request.user)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
            overtaken = any(problem.code == "overtaken" for problem in refusal.problems)
        else:
            more = len(planned) - 1
            also = f" {more} other day{'' if more == 1 else 's'} now {'has' if more == 1 else 'have'} it too."
            messages.success(request, f"The plan is saved.{also if more else ''}")
            return redirect("placements:day_parts", pk=day.pk)
    context = {"form": form, "day": day, "placement": day.placement, "from": taken_from, "overtaken": overtaken}
    return render(request, "placements/days/parts_change.html", context)


def _save(form: PartsForm, day: OutreachDay, by: Any) -> list[OutreachDay]:
    data = form.cleaned_data
    return actions.plan_parts(
        day=day, parts=form.parts(), seen=data["seen"], by=by, for_others=data.get("for_others", False)
    )


def _day(request: HttpRequest, pk: int) -> OutreachDay:
    """A day of a placement that this person reads whole, with its plan."""
    visible = OutreachDay.objects.filter(placement__in=Placement.objects.visible_to(request.user))
    found = reports.with_parts(visible.select_related("placement__post__user", "placement__host", "placement__home"))
    day = get_object_or_404(found, pk=pk)
    if not policy.reads_whole(request.user, day.placement):
        raise PermissionDenied
    return day
