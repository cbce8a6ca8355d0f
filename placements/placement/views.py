"""What the views of placements share: finding one that this person may see, the page of a form, papers."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from astcoord.core import documents, shown
from astcoord.core.access import Request
from astcoord.core.words import say
from astcoord.ui.submit import Link, form_page
from placements.placement import permissions
from placements.placement.models import Placement
from staff.accounts.models import User


def find(request: Request, pk: int) -> Placement:
    """The placement with its people and schools, or 404 (R-16.2); 403 for officers, who read its page and sums only.

    As its reader may read it where it is only looked at; to be changed it comes as it is.
    """
    user = request.user
    found = Placement.objects.visible_to(user).with_people().select_related("post__home", "request__host")
    placement = get_object_or_404(found, pk=pk)
    if not permissions.reads_whole(user, placement):
        raise PermissionDenied
    return placement if request.method == "POST" else for_reader(user, placement)


def for_reader(user: User, placement: Placement) -> Placement:
    """A placement to be shown to this person; no query for those who may know the people supported."""
    return placement if permissions.can_see_names(user, placement) else shown.shown_to(user, placement)


def placement_form(
    request: Request, placement: Placement, form: forms.BaseForm, title: str, *, back: Link = (), **page: Any
) -> HttpResponse:
    """The page of a form about a placement, with the way back to it; `page` as for `form_page`."""
    return form_page(request, form, title=title, **about(placement, back), **page)


def about(placement: Placement, back: Link = ()) -> dict[str, Any]:
    """What every form page about a placement says: which, and the way back to it."""
    return {
        "caption": f"{placement.reference}: {placement.post.user.name} at {placement.host.name}",
        "back": back or (say("Back to the placement"), placement),
        "placement": placement,
    }


def paper(data: bytes, filename: str) -> HttpResponse:
    """A freshly printed paper as a file to save, kept by nobody."""
    return documents.as_file(data, filename)
