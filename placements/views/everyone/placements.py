"""The placement's own page, the same for all its parties, and what either party may do to it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from astcoord.core.access import signed_in
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from placements import policy as may
from placements.actions import placements as actions
from placements.actions import progress
from placements.forms.placements import EndForm
from placements.forms.protocol import CirculationForm, PapersSeenForm
from placements.lifecycle import PLACEMENT_OPEN
from placements.models import Placement
from placements.reports import placements as reports
from placements.reports.parts import supply_risks
from placements.reports.protocol import activation_facts
from placements.rules.activation import OWNERS, activation_problems
from placements.rules.contracts import cover_warnings
from placements.views.placement import find


@signed_in
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, whose turn it is, what to do."""
    user: Any = request.user
    today_ = today()
    placement = get_object_or_404(reports.with_readiness(Placement.objects.visible_to(user), today_), pk=pk)
    context = {
        "placement": placement,
        "page": reports.placement_page(placement, user, today_),
        "may_end": may.can_end_early(user, placement) and _can(placement, "end_early"),
        "may_abandon": may.is_coordinator(user) and _can(placement, "abandon"),
        "may_reopen": may.is_coordinator(user) and _can(placement, "reopen_protocol"),
        "may_change": may.can_change_terms(user, placement),
        "may_link": may.can_link(user, placement),
        "cover_warnings": cover_warnings(placement.cover)
        if may.is_home_head(user, placement) or may.is_office(user)
        else [],
        "lesson_warnings": supply_risks(placement) if may.is_office(user) else [],
    }
    return render(request, "placements/placements/detail.html", context)


@signed_in
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that happened, newest first."""
    placement = find(request, pk)
    context = {"placement": placement, "events": reports.history(placement)}
    return render(request, "placements/placements/history.html", context)


@signed_in
@require_safe
def missing(request: HttpRequest, pk: int) -> HttpResponse:
    """What keeps it from starting, and whose task each thing is (R-8.13)."""
    placement = find(request, pk)
    problems = activation_problems(activation_facts(placement, today())) if placement.status in PLACEMENT_OPEN else []
    rows = [(p.message, reports.WHO.get(OWNERS[p.code], "everybody who signs")) for p in problems]
    overridable = may.is_coordinator(request.user) and any(p.code in ("p2", "p3") for p in problems)
    context = {"placement": placement, "rows": rows, "may_override": overridable}
    return render(request, "placements/placements/missing.html", context)


@signed_in
def circulation(request: HttpRequest, pk: int) -> HttpResponse:
    """P2 as it is done: papers given round, first talks held (R-8.2)."""
    placement = _workable(request, pk)
    form = CirculationForm(request.POST or None, placement=placement)
    if request.method == "POST" and form.is_valid():
        try:
            progress.record_circulation(
                placement=placement,
                by=request.user,
                circulated_on=form.cleaned_data["circulated_on"],
                met=form.met(),
            )
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, "Saved")
            return redirect(placement)
    context = {"placement": placement, "form": form, "title": "Give the protocol to all staff"}
    return render(request, "placements/placements/circulation.html", context)


@signed_in
def papers_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of the six papers the AST has seen (R-9.1)."""
    placement = _workable(request, pk)
    form = PapersSeenForm(request.POST or None, placement=placement)
    if request.method == "POST" and form.is_valid():
        try:
            progress.record_papers(placement=placement, by=request.user, states=form.cleaned_data)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, "Saved")
            return redirect(placement)
    return _form_page(request, placement, form, "Papers the AST needs to see")


@signed_in
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Either party ends it alone; the co-ordinator may record that (R-8.14)."""
    placement = find(request, pk)
    if not may.can_end_early(request.user, placement):
        raise PermissionDenied
    own = may.is_host_head(request.user, placement) or may.is_ast_of(request.user, placement)
    form = EndForm(request.POST or None, asks_side=not own)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.end_early(
                placement=placement,
                by=request.user,
                ended_on=data["ended_on"],
                reason=data["ended_reason"],
                side=data.get("side", ""),
            )
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(
                request, "The placement has ended. The others have been told, and unused days have gone back."
            )
            return redirect(placement)
    return _form_page(request, placement, form, "End this placement early")


def _workable(request: HttpRequest, pk: int) -> Placement:
    """A placement that this person works on: not only reads."""
    placement = find(request, pk)
    if not may.can_work_on_protocol(request.user, placement):
        raise PermissionDenied
    return placement


def _form_page(request: HttpRequest, placement: Placement, form: Any, title: str) -> HttpResponse:
    context = {"placement": placement, "form": form, "title": title}
    return render(request, "placements/placements/form.html", context)


def _can(placement: Placement, move: str) -> bool:
    return placement.status in placement.machine.get(move).sources
