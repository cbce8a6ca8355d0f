"""Deployment plans as the co-ordinator makes and reads them; officers read (section 7, R-14.2)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core import timeline
from astcoord.core.access import Request, access, asked_by_itself
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.export import csv_response
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from astcoord.ui.tables import PAGE_SIZE
from placements.allocation import kept
from placements.allocation.plan.canonical import restore
from placements.planning.actions import plans
from placements.planning.actions import verify as verify_actions
from placements.planning.filters import PlanFilter
from placements.planning.forms import WHAT_IFS, PlanForm
from placements.planning.models import Plan
from placements.planning.reads import demand as demand_reads
from placements.planning.reads import map
from placements.planning.reads import plans as plans_reads
from placements.planning.reads import problem as problem_reads
from placements.planning.reads import unmet as unmet_reads
from placements.planning.reads.words import reason_of, told_to
from placements.planning.tables import PlanTable
from schools.calendar import reads as calendar
from staff.accounts import permissions
from staff.accounts.models import User

READERS = OFFICE | {Role.OFFICER}


def get_plan(request: Request, pk: int, *, whole: bool = False) -> Plan:
    """The plan, without its large columns unless `whole`."""
    visible = Plan.objects.visible_to(request.user).select_related("parent", "created_by")
    return get_object_or_404(visible if whole else visible.defer(*LARGE), pk=pk)


LARGE = ("input", "outcome", "certificate", "parent__input", "parent__outcome", "parent__certificate")


def _context(request: Request, plan: Plan, here: str, **more: Any) -> dict[str, Any]:
    return {"plan": plan, "here": here, "may_plan": permissions.is_coordinator(request.user), **more}


@access(READERS)
class Plans(FilteredList):
    """All plans and what-ifs."""

    table_class = PlanTable
    filterset_class = PlanFilter
    template_name = "placements/planning/list.html"
    title = "Deployment plans"
    csv_name = "deployment-plans"

    def get_queryset(self) -> QuerySet[Plan]:
        counts = {
            "met": Count("lines__request", distinct=True),
            "unmet_count": Count("unmet", distinct=True),
        }
        return Plan.objects.visible_to(self.request.user).light().annotate(**counts).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "may_plan": permissions.is_coordinator(self.request.user)}


@access(Role.COORDINATOR)
def new(request: Request) -> HttpResponse:
    """Which weeks to plan, and how long it may take."""
    found = problem_reads.spans(today())
    form = PlanForm(sent(request), spans=found)
    if done := submit(
        form,
        lambda data: plans.create(
            span=form.chosen, by=request.user, time_limit=data["time_limit"], sharing=data["sharing"]
        ),
    ):
        return redirect(done.result)
    return form_page(
        request,
        form,
        title="Make a deployment plan",
        back=("Deployment plans", "placements:plans"),
        template="placements/planning/new.html",
        spans=found,
    )


@access(READERS)
def plan(request: Request, pk: int) -> HttpResponse:
    """Who would go where, with a box to accept each."""
    (found,) = told_to(request.user, [get_plan(request, pk)])
    page = plans_reads.page(found, request.user, today())
    parent = found.parent if found.made and found.parent and found.parent.made else None
    difference = plans_reads.compare(found, parent, request.user) if parent else None
    beside = plans_reads.what_ifs(found, request.user)
    context = _context(request, found, "plan", page=page, difference=difference, what_ifs=beside, kinds=WHAT_IFS)
    return render(request, "placements/planning/detail.html", context)


@access(READERS)
@asked_by_itself
def progress(request: Request, pk: int) -> HttpResponse:
    """The part of the page that changes while the worker is busy; htmx asks for it, and reloads when it is done."""
    found = get_plan(request, pk)
    response = render(request, "placements/planning/_progress.html", _context(request, found, "plan"))
    if not found.under_way:
        response["HX-Refresh"] = "true"
    return response


@access(Role.COORDINATOR)
@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Call it off."""
    found = get_plan(request, pk)
    if attempt(request, lambda: plans.cancel(plan=found, by=request.user)):
        messages.success(request, "The plan has been cancelled.")
    return redirect(found)


@access(Role.COORDINATOR)
@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """The same weeks from today's facts, with the same pins."""
    found = get_plan(request, pk)
    done = attempt(request, lambda: plans.replan(plan=found, by=request.user))
    return redirect(done.result if done else found)


@access(READERS)
def unmet(request: Request, pk: int) -> HttpResponseBase:
    """Requests that are not met, and why; what one AST more would bring. `?why=` keeps those of one reason."""
    found = get_plan(request, pk)
    every = unmet_reads.unmet_of(found)
    reasons = unmet_reads.reasons(every)
    chosen = next((r for r in reasons if r.code == request.GET.get("why")), None)
    shown = [each for each in every if chosen is None or reason_of(each) == chosen.code]
    if request.GET.get("export") == "csv":
        lines = (row.cells for row in unmet_reads.rows(found, shown, request.user))
        return csv_response(f"not-met-{found.reference}", unmet_reads.HEADER, lines, by=request.user)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = unmet_reads.rows(found, list(page), request.user)
    more = {"rows": rows, "page": page, "reasons": reasons, "chosen": chosen, "total": len(every)}
    context = _context(request, found, "unmet", outlook=unmet_reads.outlook(found), **more)
    return render(request, "placements/planning/unmet.html", context)


@access(READERS)
def drawn(request: Request, pk: int) -> HttpResponse:
    """The plan as pictures, each with its table."""
    found = get_plan(request, pk)
    page = plans_reads.page(found, request.user, today())
    context = _context(request, found, "drawn", page=page, points=map.points(found, request.user))
    return render(request, "placements/planning/drawn.html", {**context, "by_half_term": list(page.totals.items())})


@access(READERS)
def record(request: Request, pk: int) -> HttpResponse:
    """How it was made, and what has happened to it since."""
    found = get_plan(request, pk)
    verbs = [verify_actions.SAME, verify_actions.DIFFERENT]
    events = timeline.events(found, reader=request.user, verbs=verbs)
    return render(request, "placements/planning/record.html", _context(request, found, "record", events=events))


@access(Role.COORDINATOR)
@require_POST
def verify(request: Request, pk: int) -> HttpResponse:
    """Solve it again from the stored input and see whether it comes out the same."""
    found = get_plan(request, pk, whole=True)
    done = attempt(request, lambda: verify_actions.verify(plan=found, by=request.user))
    if done and done.result:
        messages.error(request, f"Solved again, and it came out differently: {', '.join(done.result)}.")
    elif done:
        messages.success(request, "Solved again from the stored input: the result is the same.")
    return redirect("placements:plan_record", pk)


@access(READERS)
def compare(request: Request, pk: int) -> HttpResponse:
    """This plan beside another of the same weeks."""
    found = get_plan(request, pk)
    others = plans_reads.others(found, request.user)
    wanted = request.GET.get("with", "")
    other = next((each for each in others if str(each.pk) == wanted), others[0] if others else None)
    difference = plans_reads.compare(found, other, request.user) if other else None
    context = _context(request, found, "compare", others=others, other=other, difference=difference)
    return render(request, "placements/planning/compare.html", context)


@access(Role.COORDINATOR)
def what_if(request: Request, pk: int, kind: str) -> HttpResponse:
    """Try a change beside the plan; the plan itself stays as it is."""
    found = get_plan(request, pk, whole=True)
    if kind not in WHAT_IFS or not found.made:
        raise Http404
    title, _, form_class = WHAT_IFS[kind]
    form = form_class(sent(request), plan=found)
    if done := submit(form, lambda _: _try(found, form, request.user)):
        return redirect(done.result)
    return form_page(
        request,
        form,
        title=f"What if? {title}",
        heading=title,
        caption=f"What if? Beside {found.reference}",
        back=("Back to the plan", found),
        lead="A second plan is made from the same requests with this one change. Nothing of it is carried out.",
    )


def _try(plan: Plan, form: Any, by: User) -> Plan:
    """The plan beside the plan: made from its own stored input, with one change."""
    change, said = form.change(restore(plan.input), kept.from_json(plan.outcome))
    return plans.what_if(plan=plan, changes=[change], said=[said], by=by)


@access(READERS)
def demand(request: Request) -> HttpResponseBase:
    """Demand that nobody can meet, by subject and phase (R-7.7)."""
    year = calendar.year_on(today())
    rows = demand_reads.unmatched(year.starts_on if year else today())
    if request.GET.get("export") == "csv":
        header = ["Subject", "Phase", "Waiting", say("Turned down for lack of ASTs"), "Days asked for"]
        lines = ([r.subject, r.phase, r.waiting, r.turned_down, r.days] for r in rows)
        return csv_response("demand-without-a-match", header, lines, by=request.user)
    context = {"rows": rows, "subjects": demand_reads.by_subject(rows), "total": sum(r.total for r in rows)}
    return render(request, "placements/planning/demand.html", context)
