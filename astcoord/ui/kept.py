"""What somebody typed when their session had ended: kept, and shown again once they have signed in (R-17.12).

Every form says, signed, for whom it was drawn (`OWNER`, written by `{% csrf_token %}`). When it is sent without a
session, or with the token of an earlier one, its answers stay in the browser's session for an hour and its owner, but
nobody else who signs in there, finds them on the form again. They are shown, never run: `KeptAnswers` binds a form that
is not valid. Files and what the sign-in package asks for are never kept.
"""

from collections.abc import Callable
from time import time
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

OWNER = "form_of"
"""The hidden field that says whose form it is."""

KEY = "form_key"
"""The hidden field with the key of this drawing of the form (`astcoord.ui.once`)."""

SHOWN = "form_shown"
"""The hidden field of a form that changes what is there: what it showed (`astcoord.ui.meanwhile`)."""

TOLD = "form_told"
"""The hidden field with the answers of which somebody was told that they name somebody (`astcoord.ui.naming`)."""

NOT_ANSWERS = frozenset({"csrfmiddlewaretoken", OWNER, KEY})
"""What belongs to one drawing of a form; `SHOWN` goes on with the answers."""

NOT_TYPED = frozenset({"submit", "draft", "save", SHOWN, TOLD})
IN_SESSION = "kept_form"
LIFE = 60 * 60
MOST = 200_000
"""Characters that are kept: a hundred pages of text."""

SIGNED_OUT = "You had been signed out, so nothing has been saved. Sign in again to go on."
SIGNED_OUT_KEPT = (
    "You had been signed out, so what you sent has not been saved. What you typed is kept for an hour: sign in again, "
    "and it is there."
)
NOT_SAVED = "What you typed is here, but it has not been saved yet. Check it, then send it again."
FILE_AGAIN = "Choose the file again: files are not kept."
TOO_LONG = "You had been signed out, so what you sent has not been saved. It was too long to be kept here."
PRESS_AGAIN = "You had been signed out, so nothing has been done. If you still want it, do it again."
NO_FORM_HERE = "What you sent the second time has not been saved. If you still want it, do it again."
NOT_CONFIRMED = "You had to confirm that it is you, so nothing has been done yet. If you still want it, do it again."
TOO_LONG_TO_CONFIRM = (
    "You had to confirm that it is you, so what you sent has not been saved. It was too long to be kept here."
)
TOO_LONG_AGAIN = "What you sent the second time has not been saved. It was too long to be kept here."


class KeptAnswers(QueryDict):
    """Answers to be shown on their form again: to be looked at and sent, not to be acted on."""


def owner_of(request: HttpRequest) -> str:
    """What a form for whoever is signed in carries; "" for nobody."""
    user = getattr(request, "user", None)
    return _signer().sign(str(user.pk)) if user is not None and user.is_authenticated else ""


def csrf_failure(request: HttpRequest, reason: str = "", template_name: str = "403_csrf.html") -> HttpResponse:
    """A token of an earlier session, from a page of ours, leads back there with the text; all else is refused."""
    if request.method != "POST" or not request.COOKIES or not _from_here(request):
        return render(request, template_name, status=403)
    match = request.resolver_match
    if match is not None and getattr(match.func, "login_required", True):
        return keep(request)
    messages.warning(request, "The page was open for too long, so nothing has been done. Send it again.")
    return redirect(_page(request) or "home")


def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was sent; on to signing in, or to the form where somebody has signed in since."""
    owner, here = _signed_owner(request), request.get_full_path()
    answers = answers_of(request) if owner else {}
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    if signed_in and str(user.pk) != owner:  # type: ignore[union-attr]
        messages.warning(request, PRESS_AGAIN)
        return redirect("home")
    too_long = _remember(request, owner, answers, press_again=PRESS_AGAIN, too_long=TOO_LONG) if owner else False
    if signed_in:
        return redirect(here)
    kept = bool(typed(answers)) and not too_long
    messages.warning(request, TOO_LONG if too_long else SIGNED_OUT_KEPT if kept else SIGNED_OUT)
    return redirect_to_login(here if owner else _page(request) or resolve_url("home"))


def over_signing_out(request: HttpRequest, sign_out: Callable[[HttpRequest], None]) -> None:
    """Sign somebody out, and leave what was kept before, for its owner alone."""
    before = request.session.get(IN_SESSION)
    sign_out(request)
    if before:
        request.session[IN_SESSION] = before


def keep_to_send_again(request: HttpRequest) -> str:
    """Keep what somebody who is signed in sent and what was not saved; the address of the form that shows it."""
    _remember(request, str(request.user.pk), answers_of(request), press_again=NO_FORM_HERE, too_long=TOO_LONG_AGAIN)
    return request.get_full_path()


def keep_over_confirming(request: HttpRequest) -> None:
    """Keep what somebody who is signed in sent where it has to be confirmed first who they are."""
    owner, answers = str(request.user.pk), answers_of(request)
    _remember(request, owner, answers, press_again=NOT_CONFIRMED, too_long=TOO_LONG_TO_CONFIRM)


def _remember(
    request: HttpRequest, owner: str, answers: dict[str, list[str]], *, press_again: str, too_long: str
) -> bool:
    """Whether it was too long. `press_again` is said where there is no form, `too_long` where its text was not kept."""
    is_too_long = sum(len(value) for values in answers.values() for value in values) > MOST
    request.session[IN_SESSION] = {
        "owner": owner,
        "at": request.get_full_path(),
        "page": _page(request),
        "answers": {} if is_too_long else answers,
        "files": bool(request.FILES),
        "empty_words": too_long if is_too_long else press_again,
        "press_again": press_again,
        "until": time() + LIFE,
    }
    return is_too_long


class KeptFormMiddleware:
    """Before the page that sends to sign-in: keeps what was sent without a session, and gives it back afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kept = getattr(request, "kept_form", None)
        if kept and response.status_code >= 400:
            request.session.pop(IN_SESSION, None)
            list(messages.get_messages(request))  # said already that it is on this page, which it is not
            messages.warning(request, kept["press_again"])
            return redirect(kept["page"] if kept["page"] != kept["at"] else "home")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A redirect for what was sent without a session; None to let the request through."""
        if not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return keep(request) if request.method == "POST" else None
        kept = request.session.get(IN_SESSION)
        if not kept:
            return None
        if kept["owner"] != str(request.user.pk) or kept["until"] < time():
            del request.session[IN_SESSION]
        elif kept["at"] == request.get_full_path():
            _give_back(request, kept)
        return None


def _give_back(request: HttpRequest, kept: dict[str, Any]) -> None:
    """Onto the form; once it is sent again, or where nothing had been typed, there is nothing more to keep."""
    anything = typed(kept["answers"])
    if request.method != "GET" or not anything:
        del request.session[IN_SESSION]
    if request.method != "GET":
        return
    request.kept_form = kept  # type: ignore[attr-defined]
    if not anything:
        messages.warning(request, kept["empty_words"])
        return
    answers = KeptAnswers(mutable=True)
    for name, values in kept["answers"].items():
        answers.setlist(name, values)
    request.kept_answers = answers  # type: ignore[attr-defined]
    messages.warning(request, f"{NOT_SAVED} {FILE_AGAIN}" if kept["files"] else NOT_SAVED)


def answers_of(request: HttpRequest) -> dict[str, list[str]]:
    """What was entered or pressed; nothing of what the sign-in package asks for."""
    match = request.resolver_match
    if match is not None and (match.func.__module__.startswith("allauth.") or hasattr(match.func, "takes_a_code")):
        return {}  # codes and keys
    return {name: values for name, values in request.POST.lists() if name not in NOT_ANSWERS}


def typed(answers: dict[str, list[str]]) -> bool:
    """Whether anything was entered, beside the button."""
    return any(value for name, values in answers.items() if name not in NOT_TYPED for value in values)


def _signer() -> signing.Signer:
    return signing.Signer(salt="astcoord.ui.kept")


def _signed_owner(request: HttpRequest) -> str:
    try:
        return _signer().unsign(request.POST.get(OWNER, ""))
    except signing.BadSignature:
        return ""


def _from_here(request: HttpRequest) -> bool:
    """Sent from a page of this service: no other site may put words into a form."""
    sender = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER", "")
    return bool(sender) and urlsplit(sender).netloc == request.get_host()


def _page(request: HttpRequest) -> str:
    """The page of ours that the form stood on; "" if the browser does not say."""
    referer = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(iri_to_uri(referer))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
