"""Pages that a person without an account opens by a signed link of their own (`astcoord.core.signed_links`)."""

from django.http import HttpResponse


def to_nobody_else(response: HttpResponse) -> HttpResponse:
    """Kept nowhere, listed nowhere, told to no other site.

    "strict-origin" rather than "no-referrer": with the latter browsers send a form with "Origin: null", which the
    protection against forged requests refuses. Neither tells anybody the path, in which the token is.
    """
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
