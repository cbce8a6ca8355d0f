"""Offers of development: the list, one, and what each person does with it (R-3.12)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core.access import Request, access, require
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from staff.cpd import permissions
from staff.cpd.actions import offers
from staff.cpd.filters import OfferFilter
from staff.cpd.forms import OfferForm
from staff.cpd.models import CpdAnswer, CpdOffer
from staff.cpd.permissions import OFFER_READERS, OFFERERS
from staff.cpd.reads import offer_page, post_for
from staff.cpd.tables import OfferTable


@access(OFFER_READERS)
class OfferList(FilteredList):
    """Those that this person may see; an AST those that are meant for the AST."""

    table_class = OfferTable
    filterset_class = OfferFilter
    template_name = "staff/cpd/offers.html"
    title = "Offers of development"
    csv_name = "offers-of-development"
    few = 10

    def get_queryset(self) -> QuerySet[CpdOffer]:
        rows = CpdOffer.objects.visible_to(self.request.user).filter(withdrawn_on=None)
        return rows.with_counts().order_by("-on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_add=self.request.user.has_role(*OFFERERS), **kwargs)


@access(OFFER_READERS)
@require_safe
def cpd_offer(request: Request, pk: int) -> HttpResponse:
    """One offer; who answered, for whoever keeps it."""
    offer = get_object_or_404(CpdOffer.objects.visible_to(request.user).with_counts(), pk=pk)
    page = offer_page(offer, request.user, today())
    return render(request, "staff/cpd/offer.html", {"offer": offer, "page": page})


@access(OFFERERS)
def cpd_offer_add(request: Request) -> HttpResponse:
    """Something is offered."""
    form = OfferForm(sent(request), user=request.user)
    if done := submit(form, lambda data: offers.save(by=request.user, **data)):
        messages.success(request, say("The offer is posted. ASTs for whom it is meant see it on their first page."))
        return redirect(done.result)
    return form_page(request, form, title="Post an offer", back=("Offers of development", "staff:cpd_offers"))


@access(OFFERERS)
def cpd_offer_change(request: Request, pk: int) -> HttpResponse:
    """It is changed; the logs of those who accepted follow."""
    offer = _kept(request, pk)
    form = OfferForm(sent(request), user=request.user, offer=offer)
    if submit(form, lambda data: offers.save(offer=offer, by=request.user, **data)):
        messages.success(request, "The offer is saved.")
        return redirect(offer)
    lead = say("ASTs who have accepted are told by e-mail of another kind, name, day or length, and their logs follow.")
    return form_page(request, form, title="Change the offer", caption=str(offer), lead=lead, back=("Back", offer))


@access(OFFERERS)
def cpd_offer_withdraw(request: Request, pk: int) -> HttpResponse:
    """It does not take place."""
    offer = _kept(request, pk)
    return reason_page(
        request,
        partial(offers.withdraw, offer=offer, by=request.user),
        title="Withdraw the offer",
        done=say("The offer is withdrawn. ASTs who had accepted are told."),
        to=offer,
        form=ReasonForm(sent(request), submit="Withdraw the offer", tone="warning", most=300),
        caption=str(offer),
        lead=say("It goes off the CPD logs of the ASTs who have accepted."),
        back=("Back", offer),
    )


@access(OFFERERS)
@require_POST
def cpd_offer_close(request: Request, pk: int) -> HttpResponse:
    """No answer is taken any more."""
    offer = _kept(request, pk)
    if attempt(request, lambda: offers.close(offer=offer, by=request.user)):
        messages.success(request, "The offer is closed. Change the last day for answers to open it again.")
    return redirect(offer)


@access(Role.AST)
@require_POST
def cpd_offer_accept(request: Request, pk: int) -> HttpResponse:
    """It is on the AST’s log."""
    return _answer(request, pk, offers.accept, "You have accepted. It is on your CPD log.")


@access(Role.AST)
@require_POST
def cpd_offer_decline(request: Request, pk: int) -> HttpResponse:
    """Not this time."""
    return _answer(
        request, pk, offers.decline, "You have declined. You can still accept until the last day for answers."
    )


@access(permissions.KEEPERS)
@require_POST
def cpd_answer_take_back(request: Request, pk: int) -> HttpResponse:
    """The AST does not come, or did not."""
    answers = CpdAnswer.objects.visible_to(request.user).select_related("offer", "post__user")
    answer = get_object_or_404(answers, pk=pk)
    require(permissions.can_take_back(request.user, answer))
    if attempt(request, lambda: offers.take_back(answer=answer, by=request.user)):
        messages.success(request, "The acceptance is taken back. It is off the CPD log.")
    return redirect(answer.offer)


def _answer(request: Request, pk: int, action: Callable[..., CpdAnswer], words: str) -> HttpResponse:
    offer = get_object_or_404(CpdOffer.objects.visible_to(request.user), pk=pk)
    post = post_for(offer, request.user, today())
    require(post is not None, "answer this offer")
    if attempt(request, lambda: action(offer=offer, post=post, by=request.user)):
        messages.success(request, words)
    return redirect(offer)


def _kept(request: Request, pk: int) -> CpdOffer:
    offer: CpdOffer = get_object_or_404(CpdOffer.objects.visible_to(request.user), pk=pk)
    require(permissions.can_keep_offer(request.user, offer))
    return offer
