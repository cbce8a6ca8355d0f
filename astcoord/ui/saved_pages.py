"""Saving a view of a list, changing its name, and taking it away (R-20.10)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, signed_in
from astcoord.core.models.saved_views import SavedView, SavedViewQuerySet
from astcoord.core.problems import Problem, Refused
from astcoord.core.roles import OFFICE
from astcoord.ui import saved
from astcoord.ui.bulk import list_called
from astcoord.ui.forms import GovForm
from astcoord.ui.submit import form_page, sent, submit

MOST = 20
"""Views that one person may have of one list: more would stand in front of it."""

LONGEST = 2000
"""Characters of a query, as many as the row holds."""


class ViewForm(GovForm):
    """The name of a view; the office may show it to all who open the list."""

    submit_label = "Save this view"
    name = forms.CharField(label="What do you call this view?", max_length=60)
    for_all = forms.BooleanField(
        label="Show it to everybody who opens this list",
        help_text="Others see its name and what it filters. Only you can change it or take it away",
        required=False,
    )
    nouns = {"name": "a name for this view"}

    def __init__(self, *args: Any, office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not office:
            del self.fields["for_all"]


class ChangeViewForm(ViewForm):
    edits = True


@signed_in
def save(request: Request, page: str) -> HttpResponse:
    """Keep what is chosen on a list, under a name."""
    query = saved.kept(request.GET)
    view = SavedView(by_pk=request.user.pk, page=page, query=query)
    words = _words(request, page, query)
    if not query or len(query) > LONGEST:
        messages.error(request, "Choose filters first: a view keeps what is chosen on its list.")
        return redirect(page)
    form = ViewForm(sent(request), office=request.user.has_role(*OFFICE))
    if submit(form, lambda data: _store(view, **data)):
        messages.success(request, f"The view “{view.name}” is saved. It stands above the list.")
        return redirect(saved.url_of(view))
    back = ("Back to the list", f"{reverse(page)}?{query}")
    return form_page(request, form, title="Save this view", back=back, lead=words)


@signed_in
def change(request: Request, pk: int) -> HttpResponse:
    """Another name, or whether others see it; and the button that takes it away."""
    view = get_object_or_404(_own(request), pk=pk)
    initial = {"name": view.name, "for_all": view.for_all}
    form = ChangeViewForm(sent(request), initial=initial, office=request.user.has_role(*OFFICE))
    if submit(form, lambda data: _store(view, **data)):
        messages.success(request, f"The view is now called “{view.name}”.")
        return redirect(saved.url_of(view))
    back = ("Back to the list", saved.url_of(view))
    lead = _words(request, view.page, view.query)
    title = "Change this view"
    return form_page(request, form, title=title, back=back, lead=lead, template="ui/saved/change.html", view=view)


@signed_in
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take it away. The list stays as it is; pressed twice, nothing is left to do."""
    view = get_object_or_404(_own(request), pk=pk)
    view.delete()
    messages.success(request, f"The view “{view.name}” is taken away.")
    return redirect(view.page)


def _own(request: Request) -> SavedViewQuerySet:
    """Whoever has no role any more has no list, and no view of one."""
    views = SavedView.objects.own(request.user.pk)
    return views if request.user.current_roles else views.none()


@transaction.atomic
def _store(view: SavedView, *, name: str, for_all: bool | None = None) -> SavedView:
    """Save it; Refused where there is one of that name, or there are too many."""
    others = SavedView.objects.own(view.by_pk).filter(page=view.page).exclude(pk=view.pk)
    if view.pk is None and others.count() >= MOST:
        raise Refused([Problem(f"You have {MOST} views of this list. Take one away first.", rule="R-20.10")])
    view.name, view.for_all = name, view.for_all if for_all is None else for_all
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise Refused([Problem("You have a view of that name. Choose another name", "name", "R-20.10")]) from None
    return view


def _words(request: Request, page: str, query: str) -> list[str]:
    """What a view of this list keeps, in the words of its filters. Http404 where there is no such list."""
    try:
        filters = list_called(page).filterset_class
    except (NoReverseMatch, AttributeError):
        raise Http404 from None
    model = filters._meta.model
    rows = model.objects.none() if model else None
    said = filters(QueryDict(query), queryset=rows, request=request).said
    return [f"{label}: {', '.join(values)}" for label, values in said.items()]
