"""The way back to a list as it was filtered (R-20.11).

A list that is narrowed, sorted or turned over puts its own address behind the links of its rows; the page that such a
link opens leads back there. Only addresses of this service are followed: what somebody else has written there is not.
"""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

PARAMETER = "back"
LONGEST = 1000
"""An address that is longer is left out: the links of a page of rows would outgrow it."""


def with_way_back(url: str, request: HttpRequest | None) -> str:
    """The address of a row, and behind it that of the list as it stands now; bare where nothing was chosen."""
    query = request.GET.copy() if request else None
    if not query or request is None:
        return url
    query.pop("export", None)
    here = f"{request.path}?{query.urlencode()}"
    if not query or len(here) > LONGEST or not url.startswith("/"):
        return url
    bare, mark, fragment = url.partition("#")
    return f"{bare}{'&' if '?' in bare else '?'}{urlencode({PARAMETER: here})}{mark}{fragment}"


def came_from(request: HttpRequest) -> str:
    """The list from which one came, as it was filtered; "" where that is not said, or is no page of this service."""
    url = request.GET.get(PARAMETER, "")
    if len(url) > LONGEST or not url.startswith("/") or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return ""
    try:
        resolve(url.partition("?")[0])
    except Resolver404:
        return ""
    return url
