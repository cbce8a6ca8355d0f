from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from astcoord.core.audit import where_from

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
"""What no page of ours ever asks a browser for, so that nothing on it can."""


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
