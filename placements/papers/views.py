"""The six papers: the list that the parties share, uploads by the school, and downloads (R-9.1, R-9.3)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from astcoord.core.access import Request, signed_in
from astcoord.core.clock import today
from astcoord.core.problems import Problem
from astcoord.core.uploads import as_file, limited, too_large
from astcoord.core.words import say
from astcoord.ui.forms import show_problems
from astcoord.ui.submit import sent, submit
from placements.papers import actions
from placements.papers.forms import PaperFileForm
from placements.papers.models import PaperFile, SharedDocument
from placements.papers.permissions import can_keep_papers
from placements.papers.reads import file_for, papers_page
from placements.papers.rules import LARGEST
from placements.placement.models import Placement
from placements.placement.permissions import can_work_on_protocol
from placements.placement.views import find, placement_form
from staff.accounts.models import User


@signed_in
@require_safe
def papers(request: Request, pk: int) -> HttpResponse:
    """What is there, what is outstanding, and the files."""
    placement = find(request, pk)
    if not can_work_on_protocol(request.user, placement):
        raise PermissionDenied
    context = {"placement": placement, "page": papers_page(placement, request.user, today())}
    return render(request, "placements/papers/list.html", context)


@limited(LARGEST)
@signed_in
def add(request: Request, pk: int, kind: str) -> HttpResponse:
    """Upload the file of one kind."""
    placement = find(request, pk)
    if not can_keep_papers(request.user, placement):
        raise PermissionDenied
    paper = get_object_or_404(placement.papers, kind=kind)
    form = PaperFileForm(sent(request), request.FILES or None, paper=paper)
    if request.method == "POST" and too_large(request):
        form.errors.pop("file", None)
        show_problems(form, [Problem("The selected file must be smaller than 10 MB", "file", "R-9.4")])
    elif done := submit(form, lambda data: _store(paper, request.user, data)):
        held = say(". The AST cannot open it until the teacher agrees") if done.result.waits_for_consent else ""
        messages.success(request, f"{paper.get_kind_display()}: uploaded{held}")
        return redirect("placements:papers", placement.pk)
    kind = paper.get_kind_display()
    return placement_form(
        request,
        placement,
        form,
        f"Upload: {kind}",
        heading=kind,
        back=("Back to the papers", "placements:papers", placement.pk),
        inset="The file that is there now is removed when you upload another." if _replaces(paper) else "",
        lead=say("The AST of this placement, you and the AST co-ordinator can open it. Every download is recorded."),
    )


@signed_in
@require_GET
def download(request: Request, pk: int) -> HttpResponse:
    """A copy of one file, as a file to save: never shown in the service's own pages, and never kept on the way."""
    file = file_for(request.user, pk, today())
    if file is None:
        raise Http404
    actions.record_download(file, by=request.user)
    return as_file(file.content(), file.name, file.content_type)


@signed_in
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a file away for good."""
    file = _kept(request, pk)
    actions.remove_file(file=file, by=request.user)
    messages.success(request, "The file has been removed")
    return redirect("placements:papers", file.paper.placement_id)


@signed_in
@require_POST
def consent(request: Request, pk: int) -> HttpResponse:
    """The teacher agrees; the AST may open the planning from now on (R-9.4)."""
    file = _kept(request, pk)
    actions.give_consent(file=file, by=request.user)
    messages.success(request, say("The AST can open the file now"))
    return redirect("placements:papers", file.paper.placement_id)


def _kept(request: Request, pk: int) -> PaperFile:
    """A file that this person keeps for the school: 403 for who may only open it; for others it does not exist."""
    user = request.user
    files = PaperFile.objects.held().select_related("paper__placement__post")
    file = get_object_or_404(files, pk=pk, paper__placement__in=Placement.objects.visible_to(user))
    if not can_keep_papers(user, file.paper.placement):
        if file_for(user, pk, today()):
            raise PermissionDenied
        raise Http404
    return file


def _store(paper: SharedDocument, by: User, data: dict[str, Any]) -> PaperFile:
    upload = data["file"]
    return actions.add_file(
        paper=paper, name=upload.name, data=upload.read(), by=by, consent=data.get("consent", False)
    )


def _replaces(paper: SharedDocument) -> bool:
    return paper.kind != SharedDocument.Kind.ACTION_PLANS and paper.files.held().exists()
