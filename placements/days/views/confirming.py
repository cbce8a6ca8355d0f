"""The host headteacher says on which days the school expects the AST: one at a time, or all that wait."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import counted, date_words, plural
from astcoord.ui.submit import attempt, form_page, sent, submit
from placements.days.actions import days as days_actions
from placements.days.forms import ConfirmDaysForm
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay

DIARY = "evaluation:placement_diary"


@access(Role.HEADTEACHER)
@require_POST
def day_confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm one planned day at the head's own school."""
    day = get_object_or_404(_hosted(request).select_related("placement"), pk=pk)
    if attempt(request, lambda: days_actions.confirm_day(day=day, by=request.user)):
        messages.success(request, f"{date_words(day.on)} is confirmed.")
    return redirect(DIARY, day.placement_id)


@access(Role.HEADTEACHER)
def days_confirm(request: Request) -> HttpResponse:
    """All that wait, ticked; each is recorded by itself (R-18.6)."""
    waiting = _hosted(request).filter(status=DayStatus.PLANNED, on__gte=today()).order_by("on", "pk")
    form = ConfirmDaysForm(sent(request), waiting=waiting.select_related("placement__post__user"))
    if done := submit(form, lambda data: days_actions.confirm_days(days=data["days"], by=request.user)):
        count = len(done.result)
        messages.success(request, f"{counted(count, 'day')} {plural(count, 'is', 'are')} confirmed.")
        return redirect("home")
    if not waiting.exists():
        messages.info(request, "No day waits for you to confirm it.")
        return redirect("home")
    lead = "These days are planned at your school. Untick a day that you want to talk about first."
    return form_page(request, form, title="Confirm outreach days", lead=lead, back=("Back", "home"))


def _hosted(request: Request) -> QuerySet[OutreachDay]:
    return OutreachDay.objects.filter(placement__host_id__in=request.user.schools_as(Role.HEADTEACHER))
