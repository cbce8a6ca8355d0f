"""What an AST is asked to take on (R-7.5)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from astcoord.core.access import access
from astcoord.core.roles import Role
from placements.models import Match
from placements.reports import matches as reports
from placements.views.answers import AST, answer_page
from placements.views.lists import own_matches


@access(Role.AST)
def asked_of_me(request: HttpRequest) -> HttpResponse:
    """The AST's own list: waiting for an answer first, then what became of the others."""
    user: Any = request.user
    mine = reports.with_answers(Match.objects.filter(post__user=user))
    title = "Schools asking for you"
    return render(
        request,
        "placements/matches/own.html",
        {**own_matches(request, mine, AST, "placements:match_ast"), "title": title},
    )


@access(Role.AST)
def match_ast(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one proposal and answer it as the AST."""
    return answer_page(request, pk, AST, page="placements:match_ast", question="Will you take this on?")
