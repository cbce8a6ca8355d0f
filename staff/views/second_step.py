"""Where somebody is sent who must have a second step and has none yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from astcoord.core.access import signed_in
from staff.second_step import is_wanting


@signed_in
def needed(request: HttpRequest) -> HttpResponse:
    """Why a second step is needed, and the two ways to set one up."""
    if not is_wanting(request.user):
        return redirect("home")
    out = [{"text": "Sign out", "href": reverse("account_logout")}]
    return render(request, "staff/second_step.html", {"navigation": out})
