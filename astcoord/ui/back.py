"""The way back to a list as it was filtered (R-20.11).

A list that is narrowed, sorted or turned over puts its own address behind the links of its rows; the page that such a
link opens leads back there. The session remembers it for that page: a button on it, or a form that it leads to, comes
back to an address that no longer says it. Only addresses of this service are followed: what somebody else has written
there is not.
"""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

PARAMETER = "back"
KEPT, MOST = "ways_back", 20
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
    """The list from which one came, as it was filtered; "" where none is known.

    The session remembers it for this page (the last `MOST` of them), for whoever comes back to it from elsewhere than
    the list: by a button, from a form, or to a form that was wrong.
    """
    if said := _said(request):
        kept = {path: url for path, url in _kept(request).items() if path != request.path}
        kept[request.path] = said
        if kept != _kept(request) and hasattr(request, "session"):
            request.session[KEPT] = dict(list(kept.items())[-MOST:])
        return said
    kept_list = _kept(request).get(request.path, "")
    return kept_list if request.method == "POST" or _comes_back(request, kept_list) else ""


def _comes_back(request: HttpRequest, kept_list: str) -> bool:
    """Whether a link or a form of ours led here, and not the list itself, on which nothing is chosen any more."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.netloc == request.get_host() and before.path != kept_list.partition("?")[0]


def _kept(request: HttpRequest) -> dict[str, str]:
    """The lists behind the pages that were opened lately, by the page's path."""
    found: dict[str, str] = request.session.get(KEPT, {}) if hasattr(request, "session") else {}
    return found


def _said(request: HttpRequest) -> str:
    """What the address says; "" where it says nothing, or no page of this service."""
    url = request.GET.get(PARAMETER, "")
    if len(url) > LONGEST or not url.startswith("/") or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return ""
    try:
        resolve(url.partition("?")[0])
    except Resolver404:
        return ""
    return url
