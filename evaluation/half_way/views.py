"""Half-way reviews: the list, one of them, answered, decided, taken back (R-19.2)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from astcoord.core import shown, timeline
from astcoord.core.access import Request, access
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, reason_page, sent, submit
from evaluation.half_way import actions, permissions
from evaluation.half_way.filters import HalfWayFilter
from evaluation.half_way.forms import DecideForm, ViewForm
from evaluation.half_way.lifecycle import Side
from evaluation.half_way.models import HalfWayReview
from evaluation.half_way.reads import page_of
from evaluation.half_way.tables import HalfWayTable
from placements.placement.models import Placement

READERS = (Role.AST, Role.HEADTEACHER, *OFFICE, Role.CONSULTANT)


@access(*READERS)
class HalfWayList(FilteredList):
    """The half-way reviews that this person has to do with."""

    table_class = HalfWayTable
    filterset_class = HalfWayFilter
    title = "Half-way reviews"
    csv_name = "half-way-reviews"
    few = 5

    def get_queryset(self) -> QuerySet[HalfWayReview]:
        return HalfWayReview.objects.visible_to(self.request.user).with_people()


@access(*READERS)
@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """What both say, whose turn it is, and what was decided."""
    review = shown.shown_to(request.user, _find(request, pk))
    history = timeline.events(review, reader=request.user)
    context = {"review": review, "page": page_of(review, request.user), "history": history}
    return render(request, "evaluation/half_way/half_way.html", context)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def view(request: Request, pk: int, side: str) -> HttpResponse:
    """One side says how it goes; the office from paper."""
    review = _find(request, pk)
    if side not in Side.values:
        raise Http404
    if not permissions.can_answer(request.user, review, side):
        raise PermissionDenied
    form = ViewForm(sent(request), said=getattr(review, f"{side}_view"))
    if submit(form, lambda data: actions.answer(review=review, side=side, view=data["view"], by=request.user)):
        messages.success(request, say("Saved. You can change it until the co-ordinator has decided."))
        return redirect(review)
    lead = say(
        "Half of this placement has gone. The co-ordinator reads what both of you say, and decides how it goes on."
    )
    return form_page(request, form, title=f"Half-way review: {Side(side).label.lower()}", lead=lead, **_about(review))


@access(Role.COORDINATOR)
def decide(request: Request, pk: int) -> HttpResponse:
    """Whether and how it goes on, with what both say above the form."""
    review = _find(request, pk)
    page = page_of(review, request.user)
    if not page.can_decide:
        raise PermissionDenied
    form = DecideForm(sent(request), instance=HalfWayReview.objects.get(pk=review.pk))
    if submit(form, lambda data: actions.decide(review=review, by=request.user, **data)):
        messages.success(request, say("The decision is saved. Both schools and the AST have been told."))
        return redirect(review)
    more: dict[str, Any] = {"template": "evaluation/half_way/decide.html", "page": page, "review": review}
    return form_page(request, form, title="Decide how it goes on", **_about(review), **more)


@access(Role.COORDINATOR)
def take_back(request: Request, pk: int) -> HttpResponse:
    """The decision was a mistake, or has to read differently."""
    review = _find(request, pk)
    if not page_of(review, request.user).can_take_back:
        raise PermissionDenied
    act = partial(actions.take_back, review=review, by=request.user)
    done = say("The decision is taken back. Both schools and the AST have been told.")
    lead = "Then decide anew. What has been done since, such as an end or a change, is taken back on its own page."
    return reason_page(request, act, title="Take the decision back", done=done, to=review, lead=lead, **_about(review))


def _find(request: Request, pk: int) -> HalfWayReview:
    """The review of a placement that this person reads whole, or 404."""
    return get_object_or_404(
        HalfWayReview.objects.visible_to(request.user).with_answers(), placement__in=Placement.objects.filter(pk=pk)
    )


def _about(review: HalfWayReview) -> dict[str, Any]:
    placement = review.placement
    return {
        "caption": f"{placement.reference}: {placement.post.user.name} at {placement.host.name}",
        "back": ("Back to the half-way review", reverse("evaluation:half_way", args=[placement.pk])),
    }
