"""The people of a placement, for those who may know them: who has confirmed, links, paper, withdrawals."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import documents
from astcoord.core.access import Request, signed_in
from astcoord.core.words import say
from astcoord.ui.forms import ConfirmForm, GovForm
from astcoord.ui.submit import attempt, sent, submit
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names
from placements.placement.reads import policy_of
from placements.placement.views import find, paper, placement_form
from placements.supported import actions, reads
from placements.supported import documents as supported
from placements.supported.forms import AddressForm, PaperForm
from placements.supported.models import SupportedStaff
from placements.supported.permissions import can_look_after_people

PAGE = "placements:supported_people"


@signed_in
@require_safe
def people(request: Request, pk: int) -> HttpResponse:
    """Everybody supported, with state and goals: host head, AST and office (section G); the first and last act."""
    placement = find(request, pk)
    if not can_see_names(request.user, placement):
        raise PermissionDenied
    context = {
        "placement": placement,
        "lines": reads.lines_of(placement),
        "may_act": can_look_after_people(request.user, placement),
    }
    return render(request, "placements/supported/people.html", context)


@signed_in
@require_POST
def send_link(request: Request, pk: int, person: int) -> HttpResponse:
    """The link once more; earlier ones stop."""
    placement, found = _looked_after(request, pk, person)
    if attempt(request, lambda: actions.send_link(person=found, by=request.user)):
        messages.success(request, "A new link is on its way. Earlier links no longer work.")
    return redirect(PAGE, placement.pk)


@signed_in
def address(request: Request, pk: int, person: int) -> HttpResponse:
    """Another e-mail address, or none."""
    placement, found = _looked_after(request, pk, person)
    form = AddressForm(sent(request), person=found)
    if done := submit(form, lambda data: actions.set_address(person=found, by=request.user, **data)):
        goes_out = done.result.has_own_form
        words = "A link is on its way to the new address." if goes_out else "Earlier links have stopped."
        messages.success(request, f"The address has been saved. {words}")
        return redirect(PAGE, pk)
    return _form_page(request, placement, form, f"Email address of {found.name}")


@signed_in
def on_paper(request: Request, pk: int, person: int) -> HttpResponse:
    """A confirmation that came on paper."""
    placement, found = _looked_after(request, pk, person)
    form = PaperForm(sent(request), person=found, latest=found.confirmations.last())
    if submit(
        form,
        lambda data: actions.confirm(person=found, part=form.part(), by=request.user, signed_on=data["signed_on"]),
    ):
        messages.success(request, "The confirmation has been entered.")
        return redirect(PAGE, pk)
    return _form_page(request, placement, form, f"Confirmation of {found.name}, from paper")


@signed_in
def withdraw(request: Request, pk: int, person: int) -> HttpResponse:
    """Somebody said, without the link, that they withdraw; no reason is kept (R-6.12)."""
    placement, found = _looked_after(request, pk, person)
    if request.method == "POST":
        if attempt(request, lambda: actions.withdraw(person=found, by=request.user)):
            messages.success(request, "The withdrawal has been recorded.")
        return redirect(PAGE, pk)
    form = ConfirmForm(submit="Yes, record the withdrawal", tone="warning")
    lead = (
        f"Record it only when {found.name} has said so. No reason is kept, and none should be asked for. A contract "
        "that has gone out stands, and signatures on it count."
    )
    heading = f"Has {found.name} withdrawn?"
    return _form_page(request, placement, form, "Record a withdrawal", heading=heading, lead=lead)


@signed_in
@require_safe
def form_pdf(request: Request, pk: int, person: int) -> HttpResponse:
    """The form to print, with the protocol."""
    _, found = _looked_after(request, pk, person)
    title = say("Working with an Advanced Skills Teacher: my part")
    facts = supported.form_facts(found, policy_of(found.placement))
    return paper(documents.preview(supported.FORM, title=title, facts=facts, on=timezone.now()), "my-part.pdf")


def _looked_after(request: Request, pk: int, person: int) -> tuple[Placement, SupportedStaff]:
    """A person of this placement, for those who look after them."""
    placement = find(request, pk)
    if not can_look_after_people(request.user, placement):
        raise PermissionDenied
    found = get_object_or_404(placement.supported, pk=person)
    return placement, found


def _form_page(request: Request, placement: Placement, form: GovForm, title: str, **page: Any) -> HttpResponse:
    back = ("Back to the people supported", PAGE, placement.pk)
    return placement_form(request, placement, form, title, back=back, **page)
