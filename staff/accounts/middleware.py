"""Stands before every page: those who must have a second step set one up first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

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
    }
)
"""What somebody without a second step may open: setting one up, and signing out. Public pages are open anyway."""


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
