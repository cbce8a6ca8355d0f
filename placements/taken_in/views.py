"""Placements agreed before this system: one by one, from a file, taken back, and their signed paper (R-17.4)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from astcoord.core.access import Request, access, signed_in
from astcoord.core.problems import Problem
from astcoord.core.roles import OFFICE, Role
from astcoord.core.uploads import as_file, limited, too_large
from astcoord.core.wording import counted
from astcoord.core.words import say, say_later
from astcoord.ui.forms import show_problems
from astcoord.ui.loading import Pages
from astcoord.ui.submit import form_page, reason_page, sent, submit
from placements.papers.rules import LARGEST
from placements.placement.models import Placement
from placements.placement.views import about, find, placement_form
from placements.taken_in import actions
from placements.taken_in.forms import SignedPaperForm, TakeInForm
from placements.taken_in.imports.running import PlacementsFile
from placements.taken_in.permissions import can_keep_paper, reads_paper
from placements.taken_in.reads import paper_of

TOO_LARGE = Problem("The selected file must be smaller than 10 MB", "file", "R-17.4")

PAGES = Pages(
    kind=PlacementsFile(),
    space="placements",
    prefix="import_placements",
    roles=frozenset({Role.COORDINATOR}),
    title=say_later("Import placements already under way"),
    lead=(
        say_later(
            "For placements that were agreed before this system: a row for each. Each becomes "
            "active, with the days agreed "
            "and the days used in the AST’s year, and goes on by diary and review like any other. "
            "Both headteachers and "
            "the AST are told by e-mail."
        ),
        "Your own list will do, and you say which column is what. You see what would change before anything is stored. "
        "What is entered already stays as it is.",
        say_later("Enter schools and ASTs first. A signed paper can be attached to each placement afterwards."),
    ),
    back=(say_later("Placements"), "placements:placement_list"),
    thing="placement",
    done=lambda outcome: (
        f"{counted(len(outcome.changes), 'placement')} {'is' if len(outcome.changes) == 1 else 'are'} under way."
    ),
)


@limited(LARGEST)
@access(Role.COORDINATOR)
def add(request: Request) -> HttpResponse:
    """Enter one, with its signed paper if there is one."""
    form = TakeInForm(sent(request), request.FILES or None)
    if _is_too_large(request, form):
        pass
    elif done := submit(form, lambda data: _enter(request, form, data)):
        messages.success(request, say("The placement is under way. Both headteachers and the AST have been told."))
        return redirect(done.result)
    lead = say(
        "For a placement that was agreed before this system. It becomes active at once, and goes on by diary and "
        "review like any other."
    )
    return form_page(
        request,
        form,
        title=say("Enter a placement already under way"),
        back=(say("Placements"), "placements:placement_list"),
        lead=lead,
        after=("Enter several from a file", "placements:import_placements"),
    )


@transaction.atomic
def _enter(request: Request, form: TakeInForm, data: dict[str, Any]) -> Placement:
    """With the paper, or not at all."""
    placement = actions.take_in(agreed=form.agreed(), by=request.user)
    if file := data["file"]:
        actions.attach_paper(placement=placement, name=file.name, data=file.read(), by=request.user)
    return placement


def _is_too_large(request: Request, form: TakeInForm | SignedPaperForm) -> bool:
    """Then nothing of the file was kept, and the form says so."""
    if request.method != "POST" or not too_large(request):
        return False
    form.errors.pop("file", None)
    show_problems(form, [TOO_LARGE])
    return True


@access(Role.COORDINATOR)
def undo(request: Request, pk: int) -> HttpResponse:
    """It was entered by mistake."""
    placement = find(request, pk)
    title = "Take back what was entered by mistake"
    lead = say(
        "The placement is closed, its days go back to the AST’s year, and whoever was told of it is told. It can be "
        "entered again, with other figures. This is possible only while nothing has been written of it here."
    )
    act = partial(actions.undo, placement=placement, by=request.user)
    return reason_page(
        request, act, title=title, done="It has been taken back", to=placement, lead=lead, **about(placement)
    )


@limited(LARGEST)
@access(OFFICE)
def paper(request: Request, pk: int) -> HttpResponse:
    """Attach the signed paper."""
    placement = find(request, pk)
    if not can_keep_paper(request.user, placement):
        raise PermissionDenied
    form = SignedPaperForm(sent(request), request.FILES or None)
    if _is_too_large(request, form):
        pass
    elif submit(form, lambda data: _attach(request, placement, data)):
        messages.success(request, "The signed paper is attached")
        return redirect("placements:contract", pk)
    return placement_form(
        request,
        placement,
        form,
        "Attach the signed paper",
        lead=(
            say(
                "The host headteacher, the AST and the co-ordinator’s office can open it: it may name people who are "
                "supported. Every download is recorded."
            )
        ),
        inset="The file that is there now is removed when you attach another." if paper_of(placement) else "",
    )


def _attach(request: Request, placement: Placement, data: dict[str, Any]) -> object:
    file = data["file"]
    return actions.attach_paper(placement=placement, name=file.name, data=file.read(), by=request.user)


@signed_in
@require_GET
def paper_download(request: Request, pk: int) -> HttpResponse:
    """A copy of the signed paper, as a file to save."""
    placement = find(request, pk)
    if not reads_paper(request.user, placement):
        raise PermissionDenied
    found = paper_of(placement)
    if found is None:
        raise Http404
    actions.record_download(found, by=request.user)
    return as_file(found.content(), found.name, found.content_type)


@access(OFFICE)
@require_POST
def paper_remove(request: Request, pk: int) -> HttpResponse:
    """Take the signed paper away."""
    actions.remove_paper(placement=find(request, pk), by=request.user)
    messages.success(request, "The signed paper has been removed")
    return redirect("placements:contract", pk)
