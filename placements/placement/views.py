"""What the views of placements share: finding one that this person may see, lists, refusals, papers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from astcoord.core import documents
from astcoord.core.problems import Problem
from placements.placement import permissions
from placements.placement.models import Placement


def find(request: HttpRequest, pk: int) -> Placement:
    """The placement with its people and schools, or 404 (R-16.2); 403 for officers, who read its page and sums only."""
    user: Any = request.user
    placement = get_object_or_404(Placement.objects.visible_to(user).with_people(), pk=pk)
    if not permissions.reads_whole(user, placement):
        raise PermissionDenied
    return placement


def refused(request: HttpRequest, problems: list[Problem], pk: int, *, page: str = "placement_detail") -> HttpResponse:
    """Back to a page, with the reasons in a banner: for buttons, which have no form to show them in."""
    for problem in problems:
        messages.error(request, problem.message)
    return redirect(f"placements:{page}", pk)


def paper(data: bytes, filename: str) -> HttpResponse:
    """A freshly printed paper as a file to save, kept by nobody."""
    return documents.as_file(data, filename)
