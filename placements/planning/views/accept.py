"""From a plan's line to a proposal: accepting, choosing differently, pinning (issue 4.5)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core import policy as policies
from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.policy_choices import MatchDecider
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import Role
from astcoord.ui.forms import keys_in
from placements.matching.reads import matches as candidates
from placements.planning.actions import accept as accept_actions
from placements.planning.actions import plans
from placements.planning.forms import GroupForm, OverrideForm, PairForm
from placements.planning.models import Plan, PlanLine
from placements.planning.reads import plans as plans_reads
from placements.planning.views.plans import get_plan
from placements.requests.lifecycle import REQUEST_WITH_COORDINATOR, RequestStatus
from placements.requests.models import OutreachRequest
from staff.posts.models import Post

AT_A_TIME = 6.0
"""Seconds of proposing before the page answers: a plan of a hundred lines is proposed in a few steps."""


@access(Role.COORDINATOR)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Assessment once more at what is ticked, then propose it all; the group's decision with it where one is needed."""
    found = get_plan(request, pk)
    ticked = _ticked(request, found)
    confirmed = "confirm" in request.POST
    group = policies.in_force().match_decider == MatchDecider.GROUP
    form = GroupForm(request.POST if confirmed else None) if group else None
    if confirmed and (form is None or form.is_valid()):
        return _accepted(request, found, ticked, form.words if form else "")
    lines = plans_reads.lines_of(found).filter(pk__in=ticked)
    if request.method != "POST" or not lines:
        messages.error(request, "Tick the lines that you accept.")
        return redirect(found)
    return render(request, "placements/planning/accept.html", {"plan": found, "lines": lines, "form": form})


def _ticked(request: HttpRequest, found: Plan) -> list[int]:
    """The lines that are ticked, or with “all” every line that can still be accepted."""
    if "all" in request.POST:
        return [row.line.pk for row in plans_reads.page(found).rows if row.open]
    return keys_in(request.POST.getlist("line"))


def _accepted(request: HttpRequest, found: Plan, ticked: list[int], decision: str) -> HttpResponse:
    try:
        summary = accept_actions.accept(
            plan=found, lines=ticked, by=request.user, group_decision=decision, seconds=AT_A_TIME
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "line", "all"}
        for value in values
    ]
    return render(request, "placements/planning/accepted.html", {"plan": found, "summary": summary, "carried": carried})


@access(Role.COORDINATOR)
def line(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """One line: accept it with another AST, and say why (R-7.3)."""
    found = get_plan(request, pk)
    row: PlanLine = get_object_or_404(plans_reads.lines_of(found), pk=line_pk)
    if not found.acceptable or not _can_propose(row):
        messages.error(request, f"{row.request.reference} can no longer be proposed from this plan.")
        return redirect(found)
    page = candidates.candidates(row.request, today(), most=candidates.TOP)
    offered = [(c.post, f"{c.name}, {c.home}: {c.score} of 100 points") for c in page.cards if c.post != row.post_id]
    form = OverrideForm(
        request.POST if request.method == "POST" else None, candidates=offered, initial={"days": row.days.normalize()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            match = accept_actions.override(line=row, by=request.user, **form.cleaned_data)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(
                request, f"{match.post.name} and the headteacher of {match.post.home.name} have been asked."
            )
            return redirect("placements:match", match.pk)
    context = {"plan": found, "line": row, "form": form, "offered": offered, "problems": page.problems}
    return render(request, "placements/planning/line.html", context)


def _can_propose(row: PlanLine) -> bool:
    status = row.request.status
    return status in REQUEST_WITH_COORDINATOR or (row.half and status == RequestStatus.PROPOSED)


@access(Role.COORDINATOR)
def pair(request: HttpRequest, pk: int, request_pk: int, post_pk: int) -> HttpResponse:
    """Pin an AST to a request, or keep them apart, and plan again at once."""
    found = get_plan(request, pk)
    asked = get_object_or_404(OutreachRequest.objects.visible_to(request.user).select_related("host"), pk=request_pk)
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user", "home"), pk=post_pk)
    held = found.pairs.filter(request=asked, post=post).first()
    form = PairForm(request.POST if request.method == "POST" else None, held=held)
    if request.method == "POST" and form.is_valid():
        kind = "" if form.cleaned_data["kind"] == form.NEITHER else form.cleaned_data["kind"]
        try:
            new = plans.NewPair(kind, asked, post, form.cleaned_data["reason"])
            return redirect(plans.replan(plan=found, by=request.user, pair=new))
        except Refused as refused:
            add_to_form(form, refused.problems)
    context = {"plan": found, "asked": asked, "post": post, "held": held, "form": form}
    return render(request, "placements/planning/pair.html", context)
