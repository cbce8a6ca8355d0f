"""Somebody who is signed in shows once more who they are: by the second step, or by a code where there is none."""

from secrets import token_urlsafe
from time import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from astcoord.core import tries
from astcoord.core.access import Request, signed_in
from astcoord.ui.once import sent_at_will
from staff.accounts.forms.signin import ConfirmCodeForm, one_more_code
from staff.accounts.second_step import has_one

OUT = "confirm_code"
"""The code that is out, in the session: when it was sent, and a name under which tries at it are counted."""


NO_CODE_OUT = "This code no longer works: a code works once, and for 15 minutes. Ask for a new one."


@signed_in
@sent_at_will
def confirm(request: Request) -> HttpResponse:
    """The page that asks for it; a code is sent when somebody presses the button, and never by only opening it."""
    to = get_next_redirect_url(request) or reverse("home")
    if has_one(request.user):
        way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        return redirect(f"{way}?{urlencode({'next': to})}")
    if request.method == "POST" and "code" not in request.POST:
        _send(request)
        return redirect(f"{reverse('staff:confirm')}?{urlencode({'next': to})}")
    code = _code_out(request)
    form = ConfirmCodeForm(request.POST or None, code=code.get("code", "")) if code else None
    if request.method == "POST":
        if form is None:
            return _begin_again(request, to, NO_CODE_OUT)
        if not _may_be_judged(code):
            return _begin_again(request, to, get_adapter().error_messages["too_many_login_attempts"])
        if form.is_valid() and tries.use(_secret(code)):
            del request.session[OUT]
            record_authentication(request, request.user, "code", email=request.user.email, reauthenticated=True)
            return redirect(to)
    return render(request, "staff/accounts/confirm.html", {"form": form, "next": to, "email": request.user.email})


confirm.takes_a_code = True  # type: ignore[attr-defined]  # which is not kept with other answers (`astcoord.ui.kept`)


def _send(request: Request) -> None:
    """As often as codes for signing in, and no oftener."""
    email = request.user.email
    adapter = get_adapter()
    if not one_more_code(request, email):
        messages.error(request, adapter.error_messages["rate_limited"])
        return
    code = adapter.generate_login_code()
    request.session[OUT] = {"code": code, "at": time(), "name": token_urlsafe(16)}
    adapter.send_mail("account/email/confirm_code", email, {"request": request, "code": code})


def _code_out(request: Request) -> dict[str, Any]:
    """The code that was sent, while it works; else nothing."""
    code: dict[str, Any] = request.session.get(OUT) or {}
    return code if time() - code.get("at", 0) <= settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT else {}


def _secret(code: dict[str, Any]) -> str:
    return f"confirming code:{code['name']}"


def _may_be_judged(code: dict[str, Any]) -> bool:
    most, within = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS, settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    return tries.one_more(_secret(code), most=most, within=within)


def _begin_again(request: Request, to: str, words: str) -> HttpResponse:
    request.session.pop(OUT, None)
    messages.error(request, words)
    return redirect(f"{reverse('staff:confirm')}?{urlencode({'next': to})}")
