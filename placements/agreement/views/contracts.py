"""Terms, objectives, and the contract: read, signed, saved as a file (R-8.11, R-8.12, R-15.4)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import documents, policy, shown
from astcoord.core.access import Request, signed_in
from astcoord.core.words import say
from astcoord.ui.submit import attempt, sent, submit
from placements.agreement import permissions
from placements.agreement.actions import contracts
from placements.agreement.actions import terms as terms_actions
from placements.agreement.documents import contracts as contracts_documents
from placements.agreement.forms.contracts import ObjectiveForm, SignForm, TermsForm
from placements.agreement.reads.contracts import sign_page
from placements.placement.lifecycle import PLACEMENT_REISSUABLE
from placements.placement.models import Objective, Placement
from placements.placement.views import find, paper, placement_form

TAKEN_BACK = "Your signature is taken back. You can sign again."
VOID = "Version {} has gone out. Everybody has to sign it again."
IS_OUT = "The contract has gone out. If you change it, a new version goes out and everybody has to sign again."


@signed_in
def terms(request: Request, pk: int) -> HttpResponse:
    """Days, dates, and what each side does."""
    placement = _changeable(request, pk)
    form = TermsForm(sent(request), instance=Placement.objects.get(pk=pk))
    if done := submit(form, lambda _: terms_actions.save_terms(placement=placement, by=request.user, **form.terms())):
        for warning in done.result:
            messages.warning(request, warning.message)
        return _saved(request, placement, "The terms have been saved")
    return _form_page(request, placement, form, "Terms")


@signed_in
@require_safe
def objectives(request: Request, pk: int) -> HttpResponse:
    """All objectives, to read or to change."""
    placement = find(request, pk)
    context = {
        "placement": placement,
        "objectives": shown.all_shown_to(request.user, placement.objectives.all()),
        "may_change": permissions.can_change_terms(request.user, placement),
    }
    return render(request, "placements/agreement/objectives.html", context)


@signed_in
def objective_add(request: Request, pk: int) -> HttpResponse:
    """One more objective."""
    placement = _changeable(request, pk)
    form = ObjectiveForm(sent(request), people=placement.supported.taking_part())
    if submit(form, lambda data: terms_actions.add_objective(placement=placement, by=request.user, **data)):
        return _saved(request, placement, "The objective has been added", page="placement_objectives")
    return _form_page(request, placement, form, "Add an objective")


@signed_in
def objective_change(request: Request, pk: int, number: int) -> HttpResponse:
    """Other words for an objective."""
    placement = _changeable(request, pk)
    objective = get_object_or_404(placement.objectives, number=number)
    fresh, people = Objective.objects.get(pk=objective.pk), placement.supported.taking_part()
    form = ObjectiveForm(sent(request), people=people, instance=fresh)
    if submit(form, lambda data: terms_actions.change_objective(objective=objective, by=request.user, **data)):
        return _saved(request, placement, "The objective has been changed", page="placement_objectives")
    return _form_page(request, placement, form, f"Change objective {number}")


@signed_in
@require_POST
def objective_remove(request: Request, pk: int, number: int) -> HttpResponse:
    """Take one away."""
    placement = _changeable(request, pk)
    objective = get_object_or_404(placement.objectives, number=number)
    if attempt(request, lambda: terms_actions.remove_objective(objective=objective, by=request.user)):
        return _saved(request, placement, "The objective has been removed", page="placement_objectives")
    return redirect("placements:placement_objectives", pk)


@signed_in
def contract(request: Request, pk: int) -> HttpResponse:
    """Read the version in force, and sign it."""
    placement = find(request, pk)
    user = request.user
    page = sign_page(placement, user)
    if page is None:
        raise Http404
    capacity = f"Sign as {user.name}, {page.capacity}"
    asked, word = {"version": page.version.number, "party": page.party}, page.version.policy.contract_word
    form = SignForm(sent(request), initial=asked, submit=capacity, word=word)
    if form.is_valid():
        return _sign(request, placement, form.cleaned_data)
    shown.shown_to(user, page.version)
    unsaid = "Not recorded here" if page.version.agreed_before else ""
    context = {"placement": placement, "page": page, "form": form if page.party or form.errors else None}
    context["unsaid"] = unsaid
    return render(request, "placements/agreement/contract.html", context)


def _sign(request: Request, placement: Placement, data: dict[str, Any]) -> HttpResponse:
    """Signed, or shown what stands to be signed now."""
    number, party, declared = data["version"], data["party"], data["declared"]
    if attempt(
        request,
        lambda: contracts.sign(
            placement=placement, version_number=number, party=party, by=request.user, declared=declared
        ),
    ):
        messages.success(request, f"You have signed version {number}")
        return redirect(placement)
    return redirect("placements:contract", placement.pk)


@signed_in
@require_POST
def unsign(request: Request, pk: int) -> HttpResponse:
    """Take back the own signature, and be asked again (R-20.13)."""
    placement = find(request, pk)
    if not permissions.parties_in_contract(request.user, placement):
        raise PermissionDenied
    if attempt(request, lambda: contracts.unsign(placement=placement, by=request.user)):
        messages.success(request, TAKEN_BACK)
    return redirect("placements:contract", placement.pk)


@signed_in
@require_safe
def contract_pdf(request: Request, pk: int, number: int) -> HttpResponse:
    """A version as it was issued; the signed paper once everybody has signed, `?issued` for what they signed."""
    placement = find(request, pk)
    version = get_object_or_404(
        placement.contracts.select_related("document", "signed_document", "policy"), number=number
    )
    document = version.document if "issued" in request.GET else version.signed_document or version.document
    return documents.download(
        document, filename=f"{version.policy.contract_word}-{placement.reference.lower()}-version-{number}.pdf"
    )


@signed_in
@require_safe
def draft_pdf(request: Request, pk: int) -> HttpResponse:
    """The contract as it would read now, marked as a draft; `?blank` for the empty form (R-15.4)."""
    placement = find(request, pk)
    rules = policy.in_force()
    if "blank" in request.GET:
        title = f"{rules.get_contract_word_display()} {say('for AST')} support: form"
        facts = contracts_documents.blank_facts(rules)
    else:
        title = f"Draft {rules.contract_word} {say('for AST')} support at {placement.host.name}"
        facts = contracts_documents.contract_facts(placement, rules, state=contracts_documents.DRAFT, number=0)
    return paper(
        documents.preview(contracts_documents.CONTRACT, title=title, facts=facts, on=timezone.now()),
        f"{rules.contract_word}-draft.pdf",
    )


def _changeable(request: Request, pk: int) -> Placement:
    placement = find(request, pk)
    if not permissions.can_change_terms(request.user, placement):
        raise PermissionDenied
    return placement


def _saved(request: Request, placement: Placement, words: str, *, page: str = "placement_detail") -> HttpResponse:
    """Say what happened; also that a new version has gone out, if one has."""
    messages.success(request, words)
    if placement.status in PLACEMENT_REISSUABLE:
        messages.warning(request, VOID.format(placement.contracts.count()))
    return redirect(f"placements:{page}", placement.pk)


def _form_page(request: Request, placement: Placement, form: Any, title: str) -> HttpResponse:
    return placement_form(request, placement, form, title, warning=warning_of(placement))


def warning_of(placement: Placement) -> str:
    """What to know before anything of a contract is changed."""
    return IS_OUT if placement.status in PLACEMENT_REISSUABLE else ""
