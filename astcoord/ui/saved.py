"""Saved views of a list, as they stand above it: the own ones, and those that the office keeps for all (R-20.10)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from astcoord.core.access import Request
from astcoord.core.models.saved_views import SavedView
from astcoord.core.wording import listed
from astcoord.ui.dates import PARTS
from astcoord.ui.filters import PAGING

ORDER = ("sort", "per_page")
VIEW = "view"
"""The name under which an address says which view it is."""


@dataclass(frozen=True)
class Shown:
    """What stands above a list. `missing` says what of the view that is looked at is no longer there."""

    views: list[tuple[str, str, bool]]
    save_url: str
    change_url: str
    missing: str


def shown(request: Request, filterset: Any) -> Shown | None:
    """The views of this list for whoever looks at it; None for a list of one thing's rows. One query."""
    match = request.resolver_match
    if match is None or match.kwargs or not request.user.pk:
        return None
    found = list(SavedView.objects.of_page(match.view_name, request.user.pk))
    asked = request.GET.get(VIEW, "")
    now = next((view for view in found if str(view.pk) == asked), None)
    query = kept(request.GET)
    return Shown(
        views=[(view.name, url_of(view), view is now) for view in found],
        save_url=_save_url(match.view_name, query) if query and now is None else "",
        change_url=reverse("view_change", args=[now.pk]) if now and now.by_pk == request.user.pk else "",
        missing=_missing(now, filterset) if now else "",
    )


def kept(query: QueryDict) -> str:
    """What of an address makes a view: filters that say something, the order, the size of a page."""
    chosen = [(name, value) for name, values in query.lists() for value in values if value and name not in PAGING]
    return urlencode(chosen)


def url_of(view: SavedView) -> str:
    """The list as the view has it."""
    return f"{reverse(view.page)}?{view.query}&{urlencode({VIEW: view.pk})}"


def _save_url(page: str, query: str) -> str:
    return f"{reverse('view_save', args=[page])}?{query}"


def _missing(view: SavedView, filterset: Any) -> str:
    """Which of a view's filters, or which choice in one, there is no longer; the others filter as ever."""
    form = filterset.form
    form.is_valid()
    known = {*form.fields, *ORDER, *(f"{name}_{part}" for name in form.fields for part in PARTS)}
    gone = [str(form[name].label) for name in form.errors if name in form.fields]
    if set(QueryDict(view.query)) - known:
        gone.append("a filter that this list no longer has")
    return listed(gone)
