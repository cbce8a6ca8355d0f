"""Evaluation forms on the screen: the list, one form, a placement's evaluations, writing, papers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from astcoord.core import documents as papers
from astcoord.core import shown, timeline
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from evaluation.evaluations import documents, permissions
from evaluation.evaluations.actions import deciding, writing
from evaluation.evaluations.filters import EvaluationFilter
from evaluation.evaluations.forms import EvaluationForm
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads import forms as reads
from evaluation.evaluations.reads import placements as together
from evaluation.evaluations.tables import EvaluationTable
from evaluation.reviews.wording import CONTRIBUTION
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names

READERS = (Role.AST, Role.HEADTEACHER, *OFFICE, Role.CONSULTANT)
"""Who opens forms; officers read the outcome on the placement's page."""


def find(request: Request, pk: int) -> Evaluation:
    """A form that this person may open, or 404."""
    forms = Evaluation.objects.visible_to(request.user).with_people().select_related("accepted_by", "submitted_by")
    return get_object_or_404(forms, pk=pk)


@access(*READERS)
class EvaluationList(FilteredList):
    """The forms that this person has to do with: late ones first."""

    table_class = EvaluationTable
    filterset_class = EvaluationFilter
    title = "Evaluations"
    csv_name = "evaluations"
    few = 5

    def get_queryset(self) -> QuerySet[Evaluation]:
        now = today()
        waiting = Evaluation.objects.asked(now).values("pk")
        first = Case(When(pk__in=waiting, then=Value(0)), default=Value(1), output_field=IntegerField())
        rows = Evaluation.objects.visible_to(self.request.user).with_people()
        return rows.annotate(first=first).order_by("first", "due_on", "pk")

    def get_table_kwargs(self) -> dict[str, Any]:
        """To an AST every row would name the reader."""
        user = self.request.user
        others = user.has_role(Role.HEADTEACHER, *AUTHORITY)
        names = user.has_role(*OFFICE, Role.AST)
        exporting = self.request.GET.get("export") == "csv"
        left_out = [*([] if others else ["ast"]), *([] if exporting else ["reference"])]
        return {"names": names, "exclude": left_out}


@access(*READERS)
@require_safe
def evaluation(request: Request, pk: int) -> HttpResponse:
    """One form, with what this reader may do next."""
    found = shown.shown_to(request.user, find(request, pk))
    page = reads.form_page(found, request.user, today())
    history = timeline.events(found, reader=request.user) if can_see_names(request.user, found.placement) else []
    context = {"page": page, "evaluation": found, "contribution": CONTRIBUTION, "history": history}
    return render(request, "evaluation/evaluations/evaluation.html", context)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def write(request: Request, pk: int) -> HttpResponse:
    """Fill in a form: its owner, or the office from paper."""
    found = find(request, pk)
    page = reads.form_page(found, request.user, today())
    if not page.can_write:
        raise PermissionDenied
    paper = permissions.from_paper(request.user, found)
    form = EvaluationForm(sent(request), form=found, drafts=not paper, paper=paper)
    is_draft = "draft" in request.POST and not paper

    def keep(data: dict[str, Any]) -> Evaluation:
        if is_draft:
            return writing.save_draft(form=found, answers=form.answers(), by=request.user)
        return writing.submit(form=found, answers=form.answers(), by=request.user, paper_on=data.get("paper_on"))

    if submit(form, keep):
        messages.success(request, "Your draft is saved." if is_draft else "Thank you. The form has been handed in.")
        return redirect("evaluation:evaluation", found.pk)
    return form_page(
        request,
        form,
        title=f"{found.get_kind_display()}{', from paper' if paper else ''}",
        caption=f"{found.placement.post.user.name} at {found.placement.host.name}",
        back=("Back to the evaluation form", "evaluation:evaluation", found.pk),
        inset=f"{say('The co-ordinator')} asks: {found.return_reason}" if found.return_reason else "",
        lead=_lead(page, paper=paper),
        template="evaluation/evaluations/write.html",
        evidence=reads.evidence_beside(found, request.user),
    )


def _lead(page: reads.FormPage, *, paper: bool) -> list[str]:
    if paper:
        return [f"Enter what stands on the paper. Form of: {page.whose}."]
    return ["It is about the support and what came of it. Nobody is graded. It takes a few minutes."]


@access(Role.AST, Role.HEADTEACHER, AUTHORITY)
@require_safe
def placement_evaluations(request: Request, pk: int) -> HttpResponse:
    """Everything that was asked of a placement: whose turn it is, and what came of it."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    page = together.of_placement(placement, request.user, today())
    context = {
        "placement": placement,
        "page": page,
        "may_accept": page.handed_in and request.user.has_role(Role.COORDINATOR),
        "may_print": permissions.reads_final(request.user, placement) and deciding.final_paper(placement) is not None,
        "contribution": CONTRIBUTION,
    }
    return render(request, "evaluation/evaluations/placement.html", context)


@access(*READERS)
@require_safe
def form_pdf(request: Request, pk: int) -> HttpResponse:
    """One form on paper, with every answer; blank where it has not been handed in (R-15.9)."""
    return documents.download(find(request, pk), request.user)


@access(*READERS)
@require_safe
def final_pdf(request: Request, pk: int) -> HttpResponse:
    """The concluded final evaluation, per objective (R-15.10)."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    paper = deciding.final_paper(placement)
    if paper is None or not permissions.reads_final(request.user, placement):
        raise Http404
    if can_see_names(request.user, placement):
        return papers.download(paper)
    return documents.download_without_names(paper, placement)
