"""The host headteacher says that a day suits the school."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core.access import access
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from placements.actions import days as actions
from placements.models import OutreachDay
from placements.rules.time import date_words


@access(Role.HEADTEACHER)
@require_POST
def day_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one planned day at the head's own school."""
    hosted = OutreachDay.objects.filter(placement__host_id__in=request.user.schools_as(Role.HEADTEACHER))
    day = get_object_or_404(hosted.select_related("placement"), pk=pk)
    try:
        actions.confirm_day(day=day, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{date_words(day.on)} is confirmed.")
    return redirect("evaluation:placement_diary", pk=day.placement_id)
