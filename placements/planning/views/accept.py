"""From a plan's line to a proposal: accepting, choosing differently, pinning (issue 4.5)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core import policy as policies
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui.forms import keys_in
from astcoord.ui.kept import NOT_ANSWERS
from astcoord.ui.submit import attempt, form_page, sent, submit
from placements.matching.reads import matches as candidates
from placements.planning.actions import accept as accept_actions
from placements.planning.actions import plans
from placements.planning.forms import OverrideForm, PairForm
from placements.planning.models import Plan, PlanLine
from placements.planning.reads import plans as plans_reads
from placements.planning.views.plans import get_plan
from placements.requests.lifecycle import REQUEST_WITH_COORDINATOR, RequestStatus
from placements.requests.models import OutreachRequest
from staff.posts.models import Post

AT_A_TIME = 6.0
"""Seconds of proposing before the page answers: a plan of a hundred lines is proposed in a few steps."""


@access(Role.COORDINATOR)
def accept(request: Request, pk: int) -> HttpResponse:
    """One more look at what is ticked, then all of it is proposed."""
    found = get_plan(request, pk)
    ticked = _ticked(request, found)
    if "confirm" in request.POST:
        return _accepted(request, found, ticked)
    lines = plans_reads.lines_of(found).filter(pk__in=ticked)
    if request.method != "POST" or not lines:
        messages.error(request, "Tick the lines that you accept.")
        return redirect(found)
    by_group = policies.in_force().group_decides
    return render(request, "placements/planning/accept.html", {"plan": found, "lines": lines, "by_group": by_group})


def _ticked(request: Request, found: Plan) -> list[int]:
    """The lines that are ticked, or with “all” every line that can still be accepted."""
    if "all" in request.POST:
        return [row.line.pk for row in plans_reads.page(found, request.user, today()).rows if row.open]
    return keys_in(request.POST.getlist("line"))


def _accepted(request: Request, found: Plan, ticked: list[int]) -> HttpResponse:
    done = attempt(
        request,
        lambda: accept_actions.accept(plan=found, lines=ticked, by=request.user, seconds=AT_A_TIME),
    )
    if done is None:
        return redirect(found)
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {*NOT_ANSWERS, "line", "all"}
        for value in values
    ]
    return render(
        request, "placements/planning/accepted.html", {"plan": found, "summary": done.result, "carried": carried}
    )


@access(Role.COORDINATOR)
def line(request: Request, pk: int, line_pk: int) -> HttpResponse:
    """One line: accept it with another AST, and say why (R-7.3)."""
    found = get_plan(request, pk)
    row: PlanLine = get_object_or_404(plans_reads.lines_of(found), pk=line_pk)
    if not found.acceptable or not _can_propose(row):
        messages.error(request, f"{row.request.reference} can no longer be proposed from this plan.")
        return redirect(found)
    page = candidates.candidates(row.request, today(), most=candidates.TOP)
    offered = [(c.post, f"{c.name}, {c.home}: {c.score} of 100 points") for c in page.cards if c.post != row.post_id]
    form = OverrideForm(sent(request), candidates=offered, initial={"days": row.days.normalize()})
    if done := submit(form, lambda data: accept_actions.override(line=row, by=request.user, **data)):
        post = done.result.post
        messages.success(request, f"{post.name} and the headteacher of {post.home.name} have been asked.")
        return redirect("placements:match", done.result.pk)
    return form_page(
        request,
        form,
        title=f"{say('Another AST')} for {row.request.reference}",
        heading=say("Choose another AST"),
        caption=f"{found.reference}: {row.request.reference}, {row.request.host.name}",
        back=("Back to the plan", found),
        template="placements/planning/line.html",
        line=row,
        problems=page.problems,
    )


def _can_propose(row: PlanLine) -> bool:
    status = row.request.status
    return status in REQUEST_WITH_COORDINATOR or (row.half and status == RequestStatus.PROPOSED)


@access(Role.COORDINATOR)
def pair(request: Request, pk: int, request_pk: int, post_pk: int) -> HttpResponse:
    """Pin an AST to a request, or keep them apart, and plan again at once."""
    found = get_plan(request, pk)
    asked = get_object_or_404(OutreachRequest.objects.visible_to(request.user).select_related("host"), pk=request_pk)
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user", "home"), pk=post_pk)
    held = found.pairs.filter(request=asked, post=post).first()
    form = PairForm(sent(request), held=held)

    def again(data: dict[str, Any]) -> Plan:
        kind = "" if data["kind"] == form.NEITHER else data["kind"]
        return plans.replan(plan=found, by=request.user, pair=plans.NewPair(kind, asked, post, data["reason"]))

    if done := submit(form, again):
        return redirect(done.result)
    who = f"{post.name}, {post.home.name}, for {asked.reference}, {asked.host.name}, {asked.get_subject_display()}."
    so_far = [f"{held.get_kind_display()} by {held.by}: “{held.reason}”"] if held else []
    return form_page(
        request,
        form,
        title=f"{post.name} and {asked.reference}",
        heading="Pin or rule out",
        caption=f"{found.reference}, {found.title}",
        back=("Back to the plan", found),
        lead=[who, *so_far, "A new plan is made at once. This one stays as it is."],
    )
