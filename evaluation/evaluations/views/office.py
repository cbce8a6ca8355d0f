"""What the co-ordinator does with evaluations: decide, accept all, conclude; and links sent once more."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import counted, listed
from astcoord.core.words import say
from astcoord.ui.forms import Acts
from astcoord.ui.submit import attempt, form_page, sent, submit
from evaluation.evaluations import permissions, rules
from evaluation.evaluations.actions import deciding, writing
from evaluation.evaluations.forms import ConclusionForm, DecideForm
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads import forms as reads
from evaluation.evaluations.reads import placements as together
from evaluation.evaluations.views.forms import find
from placements.placement.models import Placement

PAGE = "evaluation:placement_evaluations"
DECISIONS: Acts = {
    "accept": deciding.accept,
    "return": deciding.send_back,
    "waive": deciding.waive,
    "ask_again": deciding.ask_again,
}


@access(Role.COORDINATOR)
def decide(request: Request, pk: int) -> HttpResponse:
    """Accept, return, waive, or ask for it after all."""
    found = find(request, pk)
    page = reads.form_page(found, request.user, today())
    if not page.can_decide:
        raise PermissionDenied
    form = DecideForm(sent(request), row=found)
    if submit(form, lambda _: form.act(DECISIONS, form=found, by=request.user)):
        found.refresh_from_db()
        messages.success(request, f"The form is now “{found.get_status_display()}”.")
        return redirect(PAGE, found.placement_id)
    return form_page(
        request,
        form,
        title="Decide on an evaluation form",
        caption=f"{found.placement.post.user.name} at {found.placement.host.name}",
        back=("Back to the evaluation form", "evaluation:evaluation", found.pk),
        template="evaluation/evaluations/decide.html",
        page=page,
        evaluation=found,
    )


@access(Role.COORDINATOR)
@require_POST
def accept_all(request: Request, pk: int) -> HttpResponse:
    """Everything that has been handed in for a placement."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user), pk=pk)
    if done := attempt(request, lambda: deciding.accept_all(placement=placement, by=request.user)):
        messages.success(request, f"{counted(done.result, 'form')} accepted.")
    return redirect(PAGE, pk)


@access(Role.COORDINATOR)
def conclude(request: Request, pk: int) -> HttpResponse:
    """The final evaluation: what it came to, with the school's forms above (R-11.5)."""
    found = find(request, pk)
    page = reads.form_page(found, request.user, today())
    if not page.can_conclude:
        raise PermissionDenied
    others = Evaluation.objects.filter(placement=found.placement, kind=EvaluationKind.FINAL).exclude(pk=found.pk)
    forms = list(others.with_people())
    missing = listed(rules.missing_views(forms), "and")
    form = ConclusionForm(sent(request), form=found, missing=missing)
    if submit(
        form,
        lambda data: deciding.conclude(
            form=found, answers=form.answers(), without_reason=data.get("without_reason", ""), by=request.user
        ),
    ):
        messages.success(request, say("The final evaluation is concluded. The placement can now be completed."))
        return redirect(PAGE, found.placement_id)
    return form_page(
        request,
        form,
        title="Conclude the final evaluation",
        caption=f"{found.placement.post.user.name} at {found.placement.host.name}",
        back=("Back to the evaluations", PAGE, found.placement_id),
        template="evaluation/evaluations/conclude.html",
        parts=[reads.form_page(each, request.user, today()) for each in forms],
        warning=f"Missing: {missing}." if missing else "",
        evidence=reads.evidence_beside(found, request.user),
        placement=found.placement,
        results=together.results_beside(found.placement, request.user, today()),
    )


@access(Role.HEADTEACHER, OFFICE)
@require_POST
def send_link(request: Request, pk: int) -> HttpResponse:
    """The link once more, to the person's own address; the host head sends it without reading the form."""
    found = get_object_or_404(
        Evaluation.objects.with_people().filter(
            placement__in=Placement.objects.visible_to(request.user), asked_of=AskedOf.SUPPORTED
        ),
        pk=pk,
    )
    if not permissions.can_send_link(request.user, found):
        raise PermissionDenied
    if attempt(request, lambda: writing.send_link(form=found, by=request.user)):
        messages.success(request, "A link is on its way. One goes out a day at most.")
    return redirect(PAGE, found.placement_id)
