"""One more door of the sign-in pages: a new code, or another address, while a code is still out."""

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import request_login_code
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from astcoord.core.access import public


@public("signing in: forget the code that is out, and ask for a new one or begin again")
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """The code that is out is worth nothing from here on. A new one is asked for like the first, limits included."""
    if request.user.is_authenticated:
        return redirect("home")
    clear_login(request)
    if request.POST.get("email"):
        answer: HttpResponse = request_login_code(request)
        return answer
    return redirect(reverse("account_request_login_code"))
