"""Rows of a list that are ticked, and what can be done with all of them at once (R-18.6, R-20.10).

A list names its `bulk`: buttons below its rows, each leading to a page that shows what would be done, and asks. That
page asks `chosen` which rows are meant: the ticked ones or, where "all" is ticked, whatever the list's own filters
leave on all its pages. Its form is a `ChosenForm`: the keys go along, so that what was shown is what is done.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse

from astcoord.core.access import Request
from astcoord.core.roles import Role
from astcoord.ui.forms import GovForm, keys_in
from astcoord.ui.submit import Link
from astcoord.ui.tables import TICK

WHICH, ALL = "which", "all"
"""The name under which a browser sends that not the ticked rows are meant (`TICK`), but all."""

NOT_FILTERS = (TICK, WHICH, "page", "export", "print")


@dataclass(frozen=True)
class BulkAction:
    """A button below a list: its words, the page that it leads to, and who sees it."""

    words: str
    page: str
    roles: frozenset[Role]
    args: tuple[Any, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.page, args=self.args)


class ChosenForm(GovForm):
    """What was chosen on the list before."""

    chosen = forms.CharField(widget=forms.HiddenInput, max_length=100_000)

    def keys(self) -> list[int]:
        return keys_in(self.cleaned_data["chosen"].split(","))


def chosen(request: Request, page: str) -> list[int]:
    """The keys of the rows that are meant, of the list whose page is called `page`, in its order; two queries at most.

    None that this person does not see on that list. On the way back they are those that had been shown.
    """
    rows = _rows(request, page)
    if request.method == "POST":
        rows = rows.filter(pk__in=keys_in(request.POST.get("chosen", "").split(",")))
    elif request.GET.get(WHICH) != ALL:
        rows = rows.filter(pk__in=keys_in(request.GET.getlist(TICK)))
    return list(dict.fromkeys(rows.values_list("pk", flat=True)))


def list_called(page: str) -> Any:
    """The class of the list whose page is called so. NoReverseMatch or AttributeError where there is none."""
    function: Any = resolve(reverse(page)).func
    return function.view_class


def _rows(request: Request, page: str) -> Any:
    """The list's rows for this person; where all are meant, as its filters leave them."""
    view = list_called(page)()
    view.setup(request)
    rows = view.get_queryset()
    if request.method != "POST" and request.GET.get(WHICH) == ALL:
        rows = view.filterset_class(request.GET, queryset=rows, request=request).qs
    return rows


def joined(keys: list[int]) -> dict[str, str]:
    """The first answers of a `ChosenForm`."""
    return {"chosen": ",".join(map(str, keys))}


def back_to_list(request: Request, title: str, page: str) -> Link:
    """The way back to the list, with the filters that it had."""
    query = request.GET.copy()
    for name in NOT_FILTERS:
        query.pop(name, None)
    return title, f"{reverse(page)}?{query.urlencode()}" if query else reverse(page)


def nothing_chosen(request: Request, page: str, words: str) -> HttpResponse:
    """Back to the list, which says what to tick."""
    messages.error(request, words)
    return redirect(page)
