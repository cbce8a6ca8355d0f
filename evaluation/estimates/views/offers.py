"""Offers of help: made and withdrawn by the office, answered by the headteacher (R-11.12, R-5.6)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core import timeline
from astcoord.core.access import Request, access, only_where
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.forms import ConfirmForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from evaluation.estimates import actions, permissions, reads
from evaluation.estimates.filters import OfferFilter
from evaluation.estimates.forms import DeclineForm
from evaluation.estimates.home import SETTING
from evaluation.estimates.lifecycle import OfferStatus
from evaluation.estimates.models import Offer
from evaluation.estimates.tables import OfferTable
from placements.requests.models import OutreachRequest

SCREEN = ("Departments that might welcome support", "evaluation:fft_screen")


@access(permissions.OFFER_READERS)
@only_where(SETTING)
class Offers(FilteredList):
    """Offers of help: all, those in the group's subjects, or those to the own school."""

    table_class = OfferTable
    filterset_class = OfferFilter
    title = "Offers of help"
    csv_name = "offers-of-help"
    few = 10

    def get_queryset(self) -> QuerySet[Offer]:
        return Offer.objects.visible_to(self.request.user).with_people()


@access(OFFICE)
@only_where(SETTING)
def offer_make(request: Request, pk: int) -> HttpResponse:
    """From a row of the screen: what the headteacher will read, and the button."""
    row: Any = get_object_or_404(reads.screen(request.user), pk=pk)
    form = ConfirmForm(sent(request), submit="Offer help")
    facts: dict[str, Any] = {"school": row.school, "subject": row.subject, "year": row.year}
    if done := submit(form, lambda _: actions.make(by=request.user, **facts)):
        messages.success(request, "The headteacher has your offer by email.")
        return redirect(done.result)
    subject = row.get_subject_display()
    days = actions.ANSWER_WITHIN.days
    lead = [
        f"{row.get_measure_display()}, {row.year}. {reads.said(row)}.",
        say("This department has, or had, an AST.") if row.supported else "",
        f"The headteacher gets an email with the figures, and can answer within {days} days. A yes begins a request in "
        "the headteacher’s name; nothing else follows from it.",
    ]
    return form_page(request, form, title=f"Offer help in {subject}", caption=row.school.name, back=SCREEN, lead=lead)


@access(permissions.OFFER_READERS)
@only_where(SETTING)
def offer(request: Request, pk: int) -> HttpResponse:
    """Where an offer stands, what it rests on, and for the headteacher the answer."""
    found = _seen(request, pk)
    user = request.user
    began = OutreachRequest.objects.visible_to(user).filter(offer=found).first()
    context = {
        "offer": found,
        "grounds": reads.grounds(found),
        "answers": permissions.answers_now(user, found),
        "withdraws": permissions.can_offer(user) and found.status == OfferStatus.OFFERED,
        "began": began,
        "events": timeline.events(found, reader=user),
    }
    return render(request, "evaluation/estimates/offer.html", context)


@access(Role.HEADTEACHER)
@require_POST
@only_where(SETTING)
def offer_accept(request: Request, pk: int) -> HttpResponse:
    """The headteacher would welcome help: a request begins, and its first page opens."""
    found = _answered(request, pk)
    if done := attempt(request, lambda: actions.accept(offer=found, by=request.user)):
        messages.success(request, "You have accepted the offer. Now say what you need, and send the request.")
        return redirect("placements:request_step", done.result.request_id, "subject")
    return redirect(found)


@access(Role.HEADTEACHER)
@only_where(SETTING)
def offer_decline(request: Request, pk: int) -> HttpResponse:
    """The headteacher does without."""
    found = _answered(request, pk)
    form = DeclineForm(sent(request))
    if submit(form, lambda data: actions.decline(offer=found, by=request.user, **data)):
        messages.success(request, "You have declined the offer. You can ask for help at any time.")
        return redirect(found)
    return form_page(request, form, title="Decline the offer", caption=str(found), back=("Back to the offer", found))


@access(OFFICE)
@only_where(SETTING)
def offer_withdraw(request: Request, pk: int) -> HttpResponse:
    """The office takes it back."""
    found = _seen(request, pk)
    form = ConfirmForm(sent(request), submit="Withdraw the offer", tone="warning")
    if submit(form, lambda _: actions.withdraw(offer=found, by=request.user)):
        messages.success(request, "The offer is withdrawn, and the headteacher is told.")
        return redirect(found)
    lead = "The headteacher is told that there is nothing to answer. You can offer help again later."
    back = ("Back to the offer", found)
    return form_page(request, form, title="Withdraw the offer", caption=str(found), back=back, lead=lead)


def _seen(request: Request, pk: int) -> Offer:
    found: Offer = get_object_or_404(Offer.objects.visible_to(request.user).with_people(), pk=pk)
    return found


def _answered(request: Request, pk: int) -> Offer:
    """An offer to the reader's own school; who reads it otherwise does not answer it."""
    found = _seen(request, pk)
    if not permissions.can_answer(request.user, found):
        raise PermissionDenied
    return found
