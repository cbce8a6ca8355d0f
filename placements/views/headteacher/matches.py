"""What a home headteacher is asked to agree to (R-7.5)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from astcoord.core.access import access
from astcoord.core.roles import Role
from placements.models import Match
from placements.reports import matches as reports
from placements.views.answers import HOME_HEAD, answer_page
from placements.views.lists import own_matches


@access(Role.HEADTEACHER)
def answers_awaited(request: HttpRequest) -> HttpResponse:
    """Matches of the ASTs of the head's own schools: waiting for an answer first."""
    user: Any = request.user
    homes = user.schools_as(Role.HEADTEACHER)
    mine = reports.with_answers(Match.objects.filter(post__home_id__in=homes))
    title = "Schools asking for your ASTs"
    context = own_matches(request, mine, HOME_HEAD, "placements:match_home")
    return render(request, "placements/matches/own.html", {**context, "title": title})


@access(Role.HEADTEACHER)
def match_home(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one proposal and answer it as the AST's own headteacher."""
    question = "May {name} take this on?"
    return answer_page(request, pk, HOME_HEAD, page="placements:match_home", question=question)
