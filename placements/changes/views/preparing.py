"""Asking for an extension, and preparing a change: terms, objectives, people (R-8.12, R-8.15)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, signed_in
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say
from astcoord.ui.submit import attempt, sent, submit
from placements.changes import permissions
from placements.changes.actions import asking
from placements.changes.forms import AmendedObjectiveForm, ChangeForm, ExtensionForm, LeavingForm
from placements.changes.models import AmendedObjective, Amendment
from placements.changes.reads import TERMS
from placements.changes.views.amendment import find_amendment
from placements.placement.models import Placement
from placements.placement.reads import policy_of
from placements.placement.views import find, placement_form
from placements.requests.forms.people import PersonForm
from placements.requests.models import RequestedStaff
from placements.supported.permissions import can_look_after_people

STANDS = "Until everybody has signed, the contract in force stands and days go on under it."


@signed_in
def extension(request: Request, pk: int) -> HttpResponse:
    """A later last day, more days, or both."""
    placement = _may_ask(request, pk)
    form = ExtensionForm(sent(request), placement=placement)
    if done := submit(form, lambda data: asking.ask_extension(placement=placement, by=request.user, **data)):
        messages.success(request, say("The extension has been asked for. The co-ordinator answers first."))
        return redirect(done.result)
    until = f" until {date_words(placement.ends_on)}" if placement.ends_on else ""
    lead = [
        f"The contract is for {days_words(placement.days)}{until}.",
        f"{say('The co-ordinator')} has to agree; then everybody signs an addendum. {STANDS}",
    ]
    return placement_form(request, placement, form, "Ask for an extension", lead=lead)


@signed_in
def change(request: Request, pk: int) -> HttpResponse:
    """Begin a change of the contract in force."""
    placement = _may_ask(request, pk)
    begun = Amendment(placement=placement, **{name: getattr(placement, name) for name in TERMS})
    form = ChangeForm(sent(request), instance=begun)
    if done := submit(form, lambda _: asking.propose_change(placement=placement, by=request.user, **form.terms())):
        messages.success(request, "The change has been begun. Nobody has been asked yet.")
        return redirect(done.result)
    lead = f"Change what shall be different, and leave the rest. Objectives and people come next. {STANDS}"
    return placement_form(request, placement, form, "Propose a change of the contract", lead=lead)


@signed_in
def terms(request: Request, pk: int) -> HttpResponse:
    """Other terms, before it goes out."""
    amendment = _may_prepare(request, pk)
    form = ChangeForm(sent(request), instance=Amendment.objects.get(pk=pk))
    return _step(
        request,
        amendment,
        form,
        "Change the terms",
        lambda _: asking.save_terms(amendment=amendment, by=request.user, **form.terms()),
    )


@signed_in
def objective_add(request: Request, pk: int) -> HttpResponse:
    """One more objective."""
    amendment = _may_prepare(request, pk)
    form = AmendedObjectiveForm(sent(request), amendment=amendment)
    return _step(
        request,
        amendment,
        form,
        "Add an objective",
        lambda data: asking.save_objective(amendment=amendment, by=request.user, **data),
    )


@signed_in
def objective(request: Request, pk: int, number: int) -> HttpResponse:
    """Other words for an objective."""
    amendment = _may_prepare(request, pk)
    row = get_object_or_404(amendment.objectives, number=number)
    form = AmendedObjectiveForm(sent(request), amendment=amendment, instance=AmendedObjective.objects.get(pk=row.pk))
    return _step(
        request,
        amendment,
        form,
        f"Change objective {number}",
        lambda data: asking.save_objective(amendment=amendment, by=request.user, number=number, **data),
    )


@signed_in
@require_POST
def objective_remove(request: Request, pk: int, number: int) -> HttpResponse:
    """Take one out."""
    amendment = _may_prepare(request, pk)
    get_object_or_404(amendment.objectives, number=number)
    if attempt(request, lambda: asking.remove_objective(amendment=amendment, number=number, by=request.user)):
        messages.success(request, f"Objective {number} has been taken out")
    return redirect(amendment)


@signed_in
def people(request: Request, pk: int) -> HttpResponse:
    """Who will no longer be supported."""
    amendment = _may_prepare(request, pk)
    form = LeavingForm(sent(request), amendment=amendment)
    return _step(
        request,
        amendment,
        form,
        "People supported",
        lambda data: asking.save_people(amendment=amendment, by=request.user, leaving=list(data["leaving"])),
    )


@signed_in
def person_add(request: Request, pk: int) -> HttpResponse:
    """Somebody more to be supported, declared as on a request; the link goes out at once."""
    amendment = _may_prepare(request, pk)
    placement = amendment.placement
    if not can_look_after_people(request.user, placement):
        raise PermissionDenied
    row = RequestedStaff(request=placement.request)
    form = PersonForm(sent(request), instance=row, settings=policy_of(placement))
    lead = (
        "They confirm their part and say yes to the objectives before anybody is asked to sign, and take part when "
        "everybody has signed."
    )
    return _step(
        request,
        amendment,
        form,
        "Add somebody to be supported",
        lambda _: asking.add_person(amendment=amendment, by=request.user, facts=form.facts()),
        lead=lead,
    )


@signed_in
@require_POST
def person_remove(request: Request, pk: int, person: int) -> HttpResponse:
    """Not to join after all."""
    amendment = _may_prepare(request, pk)
    if not can_look_after_people(request.user, amendment.placement):
        raise PermissionDenied
    row = get_object_or_404(amendment.joining, person=person)
    if attempt(request, lambda: asking.remove_person(amendment=amendment, person=row.person, by=request.user)):
        messages.success(request, "Nothing more is asked of them, and what you declared has been deleted")
    return redirect(amendment)


def _step(request: Request, amendment: Amendment, form: Any, title: str, action: Any, **page: Any) -> HttpResponse:
    """One page of the preparation, and back to the whole."""
    if submit(form, action):
        messages.success(request, "Saved")
        return redirect(amendment)
    back = ("Back to the change", amendment)
    return placement_form(request, amendment.placement, form, title, back=back, **page)


def _may_ask(request: Request, pk: int) -> Placement:
    placement = find(request, pk)
    if not permissions.can_ask(request.user, placement):
        raise PermissionDenied
    return placement


def _may_prepare(request: Request, pk: int) -> Amendment:
    amendment = find_amendment(request, pk)
    if not permissions.can_prepare(request.user, amendment):
        raise PermissionDenied
    return amendment
