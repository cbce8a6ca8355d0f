"""The journey of a request, page by page, for the head and for the office that writes one down."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from astcoord.core import policy, problems
from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused
from astcoord.core.roles import OFFICE, Role
from placements.requests import reads, rules
from placements.requests.actions import asking
from placements.requests.forms.people import PersonForm
from placements.requests.forms.steps import BY_SLUG, STEPS, first_unfinished, step_of
from placements.requests.lifecycle import REQUEST_EDITABLE, RequestStatus
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.requests.permissions import can_enter_request, can_send_request, sees_declarations
from staff.accounts.permissions import heads


def authored(request: HttpRequest, pk: int) -> OutreachRequest:
    """The request, for those who write in it while it may be written in; 404 for everybody else."""
    found = OutreachRequest.objects.visible_to(request.user).select_related("host").prefetch_related("staff")
    asked = get_object_or_404(found, pk=pk)
    if not (heads(request.user, asked.host_id) or can_enter_request(request.user, asked)):
        raise Http404
    return asked


def closed(asked: OutreachRequest) -> HttpResponseRedirect | None:
    """Where to go instead when the answers can no longer be changed."""
    return None if asked.status in REQUEST_EDITABLE else redirect("placements:request_detail", asked.pk)


def step_url(asked: OutreachRequest, slug: str) -> str:
    """The address of a page of the journey; of the last one for ""."""
    if slug in ("", "people"):
        return reverse("placements:request_people" if slug else "placements:request_check", args=[asked.pk])
    return reverse("placements:request_step", args=[asked.pk, slug])


def onward(asked: OutreachRequest, after: str = "") -> HttpResponseRedirect:
    """To the next page with something left to do; what is known already is skipped."""
    asked = OutreachRequest.objects.select_related("host").get(pk=asked.pk)
    found = reads.problems_of(asked, today=today())
    return redirect(step_url(asked, first_unfinished(found, after)))


def _frame(asked: OutreachRequest, slug: str, user: Any) -> dict[str, Any]:
    """What every page of the journey shows around its question."""
    order = [step.slug for step in STEPS]
    before = order[order.index(slug) - 1] if order.index(slug) else ""
    back = step_url(asked, before) if before else reverse("placements:request_check", args=[asked.pk])
    return {
        "asked": asked,
        "back": back,
        "number": order.index(slug) + 1,
        "count": len(order),
        "for_school": not heads(user, asked.host_id),
    }


@access(Role.HEADTEACHER, OFFICE)
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One page of questions."""
    asked = authored(request, pk)
    form_class = BY_SLUG[slug].form if slug in BY_SLUG else None
    if form_class is None:
        raise Http404
    if request.method != "POST" and (gone := closed(asked)):
        return gone
    form = form_class(request.POST if request.method == "POST" else None, instance=asked, settings=policy.in_force())
    if form.is_bound and form.is_valid():
        try:
            asking.answer(request=asked, by=request.user, answers=form.answers())
        except Refused as refusal:
            problems.add_to_form(form, refusal.problems)
        else:
            return onward(asked, slug)
    return render(request, "placements/requests/step.html", {"form": form, **_frame(asked, slug, request.user)})


@access(Role.HEADTEACHER, OFFICE)
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """The people named so far: change, remove, add another, or go on."""
    asked = authored(request, pk)
    if gone := closed(asked):
        return gone
    staff = list(asked.staff.all())
    if request.method == "POST" and staff:
        return onward(asked, "people")
    if not staff and request.method != "POST":
        return redirect("placements:request_person_add", asked.pk)
    context = {
        "staff": staff,
        "refused": [] if staff else rules.people_problems([], policy.in_force().teacher_difficulty),
        **_frame(asked, "people", request.user),
    }
    return render(request, "placements/requests/people.html", context)


@access(Role.HEADTEACHER, OFFICE)
def person(request: HttpRequest, pk: int, person: int | None = None) -> HttpResponse:
    """Add a person or group, or change one."""
    asked = authored(request, pk)
    if request.method != "POST" and (gone := closed(asked)):
        return gone
    row = get_object_or_404(asked.staff, pk=person) if person else RequestedStaff(request=asked)
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        instance=row,
        settings=policy.in_force(),
        shows_situation=sees_declarations(request.user, asked),
    )
    if form.is_bound and form.is_valid():
        try:
            asking.put_person(request=asked, by=request.user, facts=form.facts(), person=row if person else None)
        except Refused as refusal:
            problems.add_to_form(form, refusal.problems)
        else:
            return redirect("placements:request_people", asked.pk)
    context = {"form": form, "row": row, **_frame(asked, "people", request.user)}
    if person or asked.staff.all():
        context["back"] = step_url(asked, "people")
    return render(request, "placements/requests/person.html", context)


@access(Role.HEADTEACHER, OFFICE)
def person_remove(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Ask once, then take the person off."""
    asked = authored(request, pk)
    row = get_object_or_404(asked.staff, pk=person)
    if request.method == "POST":
        try:
            asking.remove_person(request=asked, by=request.user, person=row)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("placements:request_detail", asked.pk)
        messages.success(request, f"{row.name} is no longer on the request.")
        return redirect("placements:request_people", asked.pk)
    return render(request, "placements/requests/person_remove.html", {"asked": asked, "row": row})


@access(Role.HEADTEACHER, OFFICE)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check your answers; sending validates all of them again and says where each problem is mended."""
    asked = authored(request, pk)
    head = can_send_request(request.user, asked)
    refused: list[Problem] = []
    if request.method == "POST":
        try:
            _send(asked, request.user, head)
        except Refused as refusal:
            if asked.status not in REQUEST_EDITABLE:
                return redirect("placements:request_sent", asked.pk)
            refused = refusal.problems
        else:
            return redirect("placements:request_sent", asked.pk)
    elif gone := closed(asked):
        return gone
    return render(request, "placements/requests/check.html", _check_context(asked, head, refused))


def _send(asked: OutreachRequest, user: Any, head: bool) -> None:
    """The arrow that leaves this page, by who stands here and where the request is."""
    if not head:
        asking.enter(request=asked, by=user)
    elif asked.status == RequestStatus.AWAITING_CONFIRMATION:
        asking.confirm(request=asked, by=user)
    else:
        asking.send(request=asked, by=user)


def _check_context(asked: OutreachRequest, head: bool, refused: list[Problem]) -> dict[str, Any]:
    now = today()
    left = reads.problems_of(asked, today=now) if head else reads.entry_problems(asked, today=now)
    rows = [(row.label, row.value, step_url(asked, row.step)) for row in reads.rows_of(asked)]
    return {
        "asked": asked,
        "head": head,
        "rows": rows,
        "staff": asked.staff.all(),
        "people_url": step_url(asked, "people"),
        "left": [] if refused else _pages_left(asked, left),
        "errors": _linked(asked, refused),
    }


def _pages_left(asked: OutreachRequest, found: list[Problem]) -> list[dict[str, str]]:
    """Pages not answered yet, each once, by their titles; other problems in their own words."""
    left = {}
    for problem, link in zip(found, _linked(asked, found), strict=True):
        unanswered = problem.code in ("missing", "unticked") and step_of(problem)
        text = BY_SLUG[unanswered].title if unanswered else problem.message
        left[text] = {"text": text, "href": link["href"]}
    return list(left.values())


def _linked(asked: OutreachRequest, found: list[Problem]) -> list[dict[str, str]]:
    """Problems for the error summary, each leading to the page that mends it."""
    return [
        {"text": p.message, "href": step_url(asked, slug) if (slug := step_of(p)) else "#main-content"} for p in found
    ]


@require_POST
@access(OFFICE)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The head is asked to finish a draft of the office."""
    asked = authored(request, pk)
    try:
        told = asking.ask_head_to_finish(request=asked, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("placements:request_check", asked.pk)
    if told:
        messages.success(request, f"The headteacher of {asked.host.name} has been asked to finish the request.")
    else:
        messages.error(request, f"{asked.host.name} has no headteacher account. Invite the headteacher first.")
    return redirect("placements:request_check", asked.pk)
