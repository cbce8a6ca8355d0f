"""The six papers: the list that the parties share, uploads by the school, and downloads (R-9.1, R-9.3)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST, require_safe

from astcoord.core.access import Request, signed_in
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, add_to_form
from astcoord.core.uploads import limited, too_large
from placements.papers import actions
from placements.papers.forms import PaperFileForm
from placements.papers.models import PaperFile, SharedDocument
from placements.papers.permissions import can_keep_papers
from placements.papers.reads import file_for, papers_page
from placements.papers.rules import LARGEST
from placements.placement.models import Placement
from placements.placement.permissions import can_work_on_protocol
from placements.placement.views import find


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
    posted = request.method == "POST"
    form = PaperFileForm(*((request.POST, request.FILES) if posted else ()), paper=paper)
    if posted and too_large(request):
        form.is_valid()
        form.errors.pop("file", None)
        add_to_form(form, [Problem("The selected file must be smaller than 10 MB", "file", "R-9.4")])
    elif posted and form.is_valid() and _stored(request, form, paper):
        return redirect("placements:papers", placement.pk)
    context = {"placement": placement, "paper": paper, "form": form, "replaces": _replaces(paper)}
    return render(request, "placements/papers/add.html", context)


@signed_in
@require_GET
def download(request: Request, pk: int) -> HttpResponse:
    """A copy of one file, as a file to save: never shown in the service's own pages, and never kept on the way."""
    file = file_for(request.user, pk, today())
    if file is None:
        raise Http404
    actions.record_download(file, by=request.user)
    return HttpResponse(
        file.content(),
        content_type=file.content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "sandbox",
        },
    )


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
    messages.success(request, "The AST can open the file now")
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


def _stored(request: Request, form: PaperFileForm, paper: SharedDocument) -> bool:
    data = form.cleaned_data
    upload = data["file"]
    try:
        file = actions.add_file(
            paper=paper, name=upload.name, data=upload.read(), by=request.user, consent=data.get("consent", False)
        )
    except Refused as refused:
        add_to_form(form, refused.problems)
        return False
    held = ". The AST cannot open it until the teacher agrees" if file.waits_for_consent else ""
    messages.success(request, f"{paper.get_kind_display()}: uploaded{held}")
    return True


def _replaces(paper: SharedDocument) -> bool:
    return paper.kind != SharedDocument.Kind.ACTION_PLANS and paper.files.held().exists()
