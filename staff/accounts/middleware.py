"""Before every page: who needs a second step sets one up; who changes the way to sign in confirms it."""

from collections.abc import Callable
from time import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from astcoord.core.wording import counted
from astcoord.ui import kept
from staff.accounts import sessions
from staff.accounts.permissions import is_office
from staff.accounts.second_step import is_wanting

OPEN = frozenset(
    {
        "account_logout",
        "account_inactive",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "staff:second_step",
        "staff:stay",
        "staff:confirm",
    }
)
"""What somebody without a second step may open: setting one up, staying signed in, and signing out. Public pages are
open anyway."""

WHY = "You were signed out because nothing was opened or sent here for"

GUARDED = frozenset(
    {
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "staff:person_add",
        "staff:person_change",
        "staff:person_merge",
        "staff:person_reopen",
        "staff:person_second_step",
        "staff:role_subjects",
        "staff:hand_over",
        "staff:heads_invite",
        "staff:deputy_name",
        "staff:deputy_change",
        "staff:post_add",
        "staff:post_move",
        "staff:opening_candidate",
        "staff:candidate_appoint",
        "staff:secondment_begin",
        "staff:secondment_appoint",
        "staff:secondment_resume",
        "staff:import_asts",
        "staff:import_asts_columns",
        "staff:import_asts_preview",
        "schools:import_contacts",
        "schools:import_contacts_columns",
        "schools:import_contacts_preview",
        "schools:follows_settle",
        "staff:policy_change",
        "staff:policy_preset",
    }
)
"""What decides how somebody signs in, and who may, a headteacher by the own address of the school among them: on a
computer that was left open, it would be an account that was left open."""

GUARDED_FOR_THE_OFFICE = frozenset({"schools:contacts"})
"""Where the office lets people in, and others nobody: a head may correct the own school's contacts at any time."""

ASKS = GUARDED | GUARDED_FOR_THE_OFFICE


class IdleMiddleware:
    """Ends a session that was not used for as long as the policy says. What is sent then is kept (R-17.12)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_use", False) and request.user.is_authenticated:
            sessions.note_use(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """To signing in, or None to let the request through."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        if sessions.is_remembered(request):
            return None if sessions.may_be_remembered(request.user) else _end(request, view, sessions.NOT_ANY_MORE)
        minutes = sessions.idle_minutes(request.user)
        if not minutes:
            return None
        if time() - sessions.last_used(request) < minutes * 60:
            request.is_use = not getattr(view, "asked_by_itself", False)  # type: ignore[attr-defined]
            request.idle_minutes = minutes  # type: ignore[attr-defined]
            return None
        return _end(request, view, f"{WHY} {counted(minutes, 'minute')}.")


def _end(request: HttpRequest, view: Any, why: str) -> HttpResponse:
    kept.over_signing_out(request, logout)
    messages.warning(request, why)
    if getattr(view, "asked_by_itself", False):
        return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
    return kept.keep(request) if request.method == "POST" else redirect_to_login(request.get_full_path())


class FreshSignInMiddleware:
    """Before what is GUARDED, whoever signed in a while ago confirms it; what they sent is kept meanwhile (R-17.12)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A redirect to where it is confirmed, or None to let the request through."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in ASKS or not request.user.is_authenticated:
            return None
        if sessions.is_fresh(request) or (name in GUARDED_FOR_THE_OFFICE and not is_office(request.user)):
            return None
        if request.method == "POST":
            kept.keep_over_confirming(request)
        return redirect(f"{reverse('staff:confirm')}?{urlencode({'next': request.get_full_path()})}")


class SecondStepMiddleware:
    """Deny by default: a view that is neither public nor in OPEN leads to the page that explains."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A redirect, or None to let the request through."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN:
            return None
        return redirect("staff:second_step") if is_wanting(request.user) else None
