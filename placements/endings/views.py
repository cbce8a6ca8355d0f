"""The pages of a placement's end: early, undone, evaluated, completed, closed, and each taken back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import documents, shown
from astcoord.core.access import Request, access, signed_in
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.core.words import say
from astcoord.ui.forms import ConfirmForm
from astcoord.ui.submit import attempt, reason_page, sent, submit
from placements.endings.actions import completing, early
from placements.endings.actions import links as link_actions
from placements.endings.actions.nightly import CLOSE_AFTER
from placements.endings.forms import EndForm, LinkForm
from placements.endings.models import InformalLink
from placements.endings.permissions import can_end_early, can_read_links, can_remove_link, can_unsay, side_in_link
from placements.endings.reads import end_notice, where_done
from placements.placement.lifecycle import PLACEMENT_OVER
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head
from placements.placement.views import about, find, placement_form


@signed_in
def end(request: Request, pk: int) -> HttpResponse:
    """Either party ends it alone; the co-ordinator may record that (R-8.14)."""
    placement = find(request, pk)
    if not can_end_early(request.user, placement):
        raise PermissionDenied
    own = is_host_head(request.user, placement) or is_ast_of(request.user, placement)
    form = EndForm(sent(request), asks_side=not own)
    if submit(
        form,
        lambda data: early.end_early(
            placement=placement,
            by=request.user,
            ended_on=data["ended_on"],
            category=data["ended_category"],
            reason=data["ended_reason"],
            side=data.get("side", ""),
        ),
    ):
        words = say("The placement has ended. The others have been told, and unused days have gone back.")
        messages.success(request, words)
        return redirect(placement)
    lead = say(
        "The school or the AST may end it alone. Both schools, the AST, the co-ordinator and the chair of governors "
        "are told. Days after the last day are called off and go back to the AST’s year. The final evaluation is still "
        "asked for. Only the co-ordinator can take the end back."
    )
    return placement_form(request, placement, form, say("End this placement early"), lead=lead)


@signed_in
@require_safe
def notice_pdf(request: Request, pk: int) -> HttpResponse:
    """The notice of the early end, as it was given (R-15.5)."""
    placement = find(request, pk)
    notice = end_notice(placement)
    if notice is None:
        raise Http404
    return documents.download(notice, filename=f"early-end-{placement.reference.lower()}.pdf")


@access(Role.COORDINATOR)
def take_back(request: Request, pk: int) -> HttpResponse:
    """An early end that was a mistake."""
    title, done = "Take the early end back", say("The placement goes on. Everybody has been told.")
    lead = "Days that were called off stay so: they have to be planned again."
    return _with_reason(request, pk, early.take_back, title=title, done=done, lead=lead)


@access(Role.COORDINATOR)
def abandon(request: Request, pk: int) -> HttpResponse:
    """Close a placement that has not begun; its request is open again (R-20.13)."""
    title = say("Close this placement before it starts")
    lead = say(
        "Do this when nothing of it will take place. Its days go back to the AST’s year, everybody who has been asked "
        "is told why, and the school’s request is open again."
    )
    return _with_reason(request, pk, early.abandon, title=title, done=say("The placement is closed"), lead=lead)


@access(Role.AST, Role.HEADTEACHER)
def unsay(request: Request, pk: int) -> HttpResponse:
    """Take back the last yes to a match while nothing has followed; the request is open again (R-20.13)."""
    if not can_unsay(request.user, find(request, pk)):
        raise PermissionDenied
    title = "Take your yes back"
    lead = say(
        "The placement is closed before it begins, its days go back to the AST’s year, and the school’s request is "
        "open again. Both schools, the AST and the co-ordinator are told why."
    )
    return _with_reason(request, pk, early.unsay, title=title, done="Your yes is taken back", lead=lead)


@access(Role.COORDINATOR)
def evaluate(request: Request, pk: int) -> HttpResponse:
    """Open the final evaluation before the last fortnight opens it by itself."""
    title, done = "Open the final evaluation", "The final evaluation is open. Everybody has been told."
    lead = say("It opens by itself two weeks before the last day. Open it now if the placement finishes sooner.")
    return _confirmed(request, pk, completing.open_final_evaluation, title=title, done=done, lead=lead)


@access(Role.COORDINATOR)
def resume(request: Request, pk: int) -> HttpResponse:
    """The final evaluation was opened too soon."""
    title, done = say("Go on with the placement"), say("The placement goes on")
    lead = "Do this when the final evaluation was opened too soon. It opens again two weeks before the last day."
    return _with_reason(request, pk, completing.resume, title=title, done=done, lead=lead)


@access(Role.COORDINATOR)
def complete(request: Request, pk: int) -> HttpResponse:
    """What is still missing; else complete it (R-11.5)."""
    title, done = (
        say("Complete the placement"),
        say("The placement is complete. The parties and the chair have been told."),
    )
    template = "placements/endings/complete.html"
    placement = find(request, pk)
    missing = completing.completion_problems(placement)
    more = {"template": template, "missing": [(each.message, where_done(placement, each)) for each in missing]}
    return _confirmed(request, pk, completing.complete, title=title, done=done, **more)


@access(Role.COORDINATOR)
def reopen(request: Request, pk: int) -> HttpResponse:
    """A completion that was a mistake."""
    title, done = "Take the completion back", "The final evaluation is open again. Everybody has been told."
    lead = "Do this when it was completed by mistake. The days agreed are set aside for this school again."
    return _with_reason(request, pk, completing.reopen, title=title, done=done, lead=lead)


@access(Role.COORDINATOR)
def close(request: Request, pk: int) -> HttpResponse:
    """Nothing more is to come."""
    lead = (
        f"Do this when nothing more is to come. It happens by itself {counted(CLOSE_AFTER.days, 'day')} after the end, "
        "or later while something is still waited for."
    )
    return _confirmed(request, pk, completing.close, title=say("Close the placement"), done="It is closed", lead=lead)


@signed_in
@require_safe
def links(request: Request, pk: int) -> HttpResponse:
    """Informal links, and what this person may say to them (R-8.16)."""
    placement = _linked(request, pk)
    side, may_end = side_in_link(request.user, placement), can_remove_link(request.user, placement)
    rows = [
        {
            "link": link,
            "may_agree": bool(side) and link.ended_at is None and getattr(link, f"{side}_willing_at") is None,
            "may_end": may_end and link.ended_at is None,
        }
        for link in shown.all_shown_to(request.user, placement.informal_links.select_related("noted_by"))
    ]
    over = bool(side) and placement.status in PLACEMENT_OVER
    return render(request, "placements/endings/links.html", {"placement": placement, "rows": rows, "may_note": over})


@signed_in
def link_add(request: Request, pk: int) -> HttpResponse:
    """One side would like to stay in touch."""
    placement = _linked(request, pk)
    if not side_in_link(request.user, placement):
        raise PermissionDenied
    form = LinkForm(sent(request))
    if submit(form, lambda data: link_actions.note_link(placement=placement, by=request.user, **data)):
        messages.success(request, "Noted. The other side has been asked.")
        return redirect("placements:informal_links", pk)
    return placement_form(request, placement, form, "Note an informal link")


@signed_in
@require_POST
def link_agree(request: Request, pk: int) -> HttpResponse:
    """The other side wishes it too."""
    found = _link(request, pk)
    if attempt(request, lambda: link_actions.agree_to_link(link=found, by=request.user)):
        messages.success(request, "Both sides wish it now")
    return redirect("placements:informal_links", found.placement_id)


@signed_in
@require_POST
def link_end(request: Request, pk: int) -> HttpResponse:
    """It is no longer wished."""
    found = _link(request, pk)
    link_actions.end_link(link=found, by=request.user)
    messages.success(request, "The link has ended")
    return redirect("placements:informal_links", found.placement_id)


def _link(request: Request, pk: int) -> InformalLink:
    """A link of a placement that this person may see, and of whose links this person may know."""
    links = InformalLink.objects.filter(placement__in=Placement.objects.visible_to(request.user))
    found = get_object_or_404(links.select_related("placement__post"), pk=pk)
    if not can_read_links(request.user, found.placement):
        raise PermissionDenied
    return found


def _linked(request: Request, pk: int) -> Placement:
    placement = find(request, pk)
    if not can_read_links(request.user, placement):
        raise PermissionDenied
    return placement


def _confirmed(
    request: Request, pk: int, action: Callable[..., Placement], *, title: str, done: str, **page: Any
) -> HttpResponse:
    placement = find(request, pk)
    form = ConfirmForm(sent(request), submit=title)
    if submit(form, lambda _: action(placement=placement, by=request.user)):
        messages.success(request, done)
        return redirect(placement)
    return placement_form(request, placement, form, title, **page)


def _with_reason(
    request: Request, pk: int, action: Callable[..., Placement], *, title: str, done: str, **page: Any
) -> HttpResponse:
    placement = find(request, pk)
    act = partial(action, placement=placement, by=request.user)
    return reason_page(request, act, title=title, done=done, to=placement, **about(placement), **page)
