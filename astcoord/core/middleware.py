from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from astcoord.core import policy
from astcoord.core.audit import where_from
from astcoord.core.documents import MissingSigns
from astcoord.core.named import typist

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
"""What no page of ours ever asks a browser for, so that nothing on it can."""


READS = ("GET", "HEAD")


class HeadersMiddleware:
    """Pages stay out of the browser's store (a school office shares its computers), and ask for no device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class WhereFromMiddleware:
    """Remembers the caller's address for the audit trail, for as long as the request lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = where_from.set(request.META.get("REMOTE_ADDR", ""))
        try:
            return self.get_response(request)
        finally:
            where_from.reset(token)


class TypistMiddleware:
    """Remembers who is signed in, for as long as what they sent is being answered (`core.named`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = typist.set(request.user)
        try:
            return self.get_response(request)
        finally:
            typist.reset(token)


class WordsMiddleware:
    """Whatever a request is answered with is said in the words of the policy in force (R-19.1)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with policy.own_words():
            return self.get_response(request)


class PolicyMiddleware:
    """A page that is only read asks for the policy once; a request that writes asks each time, so it sees a change."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READS:
            return self.get_response(request)
        with policy.once():
            return self.get_response(request)


class PaperMiddleware:
    """A paper with signs that no font has is a page that names them, and not one that says that something broke."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """None for all else."""
        if not isinstance(exception, MissingSigns):
            return None
        return render(request, "core/missing_signs.html", {"signs": exception.signs}, status=422)
