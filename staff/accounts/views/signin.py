"""The doors that are not the sign-in package’s own: another code or address, and setting up a second step."""

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import request_login_code
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, public, signed_in
from staff.accounts.second_step import is_wanting


@public("signing in: forget the code that is out, and ask for a new one or begin again")
@require_POST
def again(request: Request) -> HttpResponse:
    """The code that is out is worth nothing from here on. A new one is asked for like the first, limits included."""
    if request.user.is_authenticated:
        return redirect("home")
    clear_login(request)
    if request.POST.get("email"):
        answer: HttpResponse = request_login_code(request)
        return answer
    return redirect(reverse("account_request_login_code"))


@signed_in
def needed(request: Request) -> HttpResponse:
    """Why a second step is needed, and the two ways to set one up."""
    if not is_wanting(request.user):
        return redirect("home")
    out = [{"text": "Sign out", "href": reverse("account_logout")}]
    return render(request, "staff/accounts/second_step.html", {"navigation": out})
