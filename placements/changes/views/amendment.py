"""One change of a contract in force: read, signed, put out for signature, refused, taken back (R-8.12, R-8.15)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core import shown
from astcoord.core.access import Request, access, signed_in
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.submit import attempt, reason_page, sent, submit
from placements.agreement.forms.contracts import SignForm
from placements.agreement.permissions import parties_in_contract
from placements.agreement.views.contracts import TAKEN_BACK
from placements.changes import permissions, reads
from placements.changes.actions import asking, deciding
from placements.changes.forms import OfferForm
from placements.changes.models import Amendment
from placements.placement.permissions import can_see_names
from placements.placement.reads import policy_of
from placements.placement.views import about, find, placement_form
from placements.supported.permissions import can_look_after_people


def find_amendment(request: Request, pk: int) -> Amendment:
    """A change of a placement that this person may see, or 404; with or without names as `find` does it."""
    rows = Amendment.objects.select_related("asked_by", "version__policy", "version__document", "cites__document")
    amendment = get_object_or_404(rows, pk=pk)
    amendment.placement = find(request, amendment.placement_id)
    return amendment if request.method == "POST" else shown.shown_to(request.user, amendment)


@signed_in
def detail(request: Request, pk: int) -> HttpResponse:
    """What would be different, where it stands, whose turn it is; the signature."""
    amendment, user = find_amendment(request, pk), request.user
    page = reads.amendment_page(amendment, user)
    number = page.version.number if page.version else 0
    words = f"Sign as {user.name}, {page.capacity}"
    word = policy_of(amendment.placement).contract_word
    form = SignForm(sent(request), initial={"version": number, "party": page.party}, submit=words, word=word)
    if form.is_valid():
        return _sign(request, amendment, form.cleaned_data)
    page = reads.amendment_page(shown.shown_to(user, amendment), user) if form.is_bound else page
    context = {
        "placement": amendment.placement,
        "amendment": amendment,
        "page": page,
        "names_shown": can_see_names(user, amendment.placement),
        "may_add": page.may["prepare"] and can_look_after_people(user, amendment.placement),
        "form": form if page.party or form.errors else None,
    }
    return render(request, "placements/changes/amendment.html", context)


def _sign(request: Request, amendment: Amendment, data: dict[str, Any]) -> HttpResponse:
    number, party, declared = data["version"], data["party"], data["declared"]
    if done := attempt(
        request,
        lambda: deciding.sign(
            amendment=amendment, version_number=number, party=party, by=request.user, declared=declared
        ),
    ):
        messages.success(request, f"You have signed version {done.result.version.number}")
    return redirect(amendment)


@signed_in
@require_POST
def unsign(request: Request, pk: int) -> HttpResponse:
    """Take back the own signature, and be asked again (R-20.13)."""
    amendment = find_amendment(request, pk)
    if not parties_in_contract(request.user, amendment.placement):
        raise PermissionDenied
    if attempt(request, lambda: deciding.unsign(amendment=amendment, by=request.user)):
        messages.success(request, TAKEN_BACK)
    return redirect(amendment)


@signed_in
@require_POST
def send(request: Request, pk: int) -> HttpResponse:
    """On to the co-ordinator."""
    amendment = find_amendment(request, pk)
    if not permissions.can_send(request.user, amendment):
        raise PermissionDenied
    if attempt(request, lambda: asking.send(amendment=amendment, by=request.user)):
        messages.success(request, say("The change has gone to the co-ordinator, and the others know of it."))
    return redirect(amendment)


@access(OFFICE)
def offer(request: Request, pk: int) -> HttpResponse:
    """The co-ordinator agrees; it goes to everybody who signs."""
    amendment = find_amendment(request, pk)
    if not permissions.can_offer(request.user, amendment):
        raise PermissionDenied
    form = OfferForm(sent(request), asks_realism=bool(reads.realism_needed(amendment)))
    if submit(form, lambda data: deciding.offer(amendment=amendment, by=request.user, **data)):
        messages.success(request, "It has gone to everybody who signs")
        return redirect(amendment)
    thoughts = [p.message for p in reads.problems_of(amendment, today(), budget=False) if p.warning]
    lead = [
        f"{amendment.get_kind_display()}: {reads.words_of(amendment) or 'nothing'}.",
        say("When you agree, everybody who signs gets it by e-mail, and its days are held in the AST’s year."),
    ]
    back = ("Back to the change", amendment)
    return placement_form(
        request, amendment.placement, form, "Agree to the change", back=back, lead=lead, warning=" ".join(thoughts)
    )


@signed_in
def refuse(request: Request, pk: int) -> HttpResponse:
    """No, and why; the contract in force stands."""
    amendment = find_amendment(request, pk)
    if not permissions.can_refuse(request.user, amendment):
        raise PermissionDenied
    return _with_reason(request, amendment, deciding.refuse, "Say no")


@signed_in
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Whoever asked takes it back."""
    amendment = find_amendment(request, pk)
    if not permissions.can_withdraw(request.user, amendment):
        raise PermissionDenied
    return _with_reason(request, amendment, deciding.withdraw, "Take it back")


def _with_reason(request: Request, amendment: Amendment, action: Callable[..., Amendment], title: str) -> HttpResponse:
    hint = say("Both schools and the co-ordinator read it. Do not name staff.")
    return reason_page(
        request,
        partial(action, amendment=amendment, by=request.user),
        title=title,
        done="The contract in force stands. The others have been told.",
        to=amendment,
        form=ReasonForm(sent(request), submit=title, hint=hint),
        lead="The contract in force then stands, with its dates and its days.",
        **about(amendment.placement, ("Back to the change", amendment)),
    )
