"""A head's own letters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from astcoord.core.access import access
from astcoord.core.roles import Role
from placements.actions.letters import APPROVED
from placements.models import Letter


@access(Role.HEADTEACHER)
def own_letters(request: HttpRequest) -> HttpResponse:
    """The availability letters to the head's own school or schools, the newest first."""
    schools = request.user.schools_as(Role.HEADTEACHER)
    letters = Letter.objects.visible_to(request.user).filter(school__in=schools, round__status__in=APPROVED)
    rows = letters.select_related("school", "round__term", "document").order_by("-round_id", "school__name")
    return render(request, "placements/letters/own.html", {"letters": rows[:30], "several": len(schools) > 1})
