"""The ten items: the checklist, and one short page for each (R-8.1 to R-8.10)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import documents, shown
from astcoord.core.access import Request, signed_in
from astcoord.core.problems import Problem
from astcoord.core.words import say
from astcoord.ui.submit import attempt, sent, submit
from placements.agreement.actions import fulfilment, protocol
from placements.agreement.documents.protocol import AGENDA, PACK, ROLE, agenda_facts, pack_facts
from placements.agreement.forms.protocol import form_for
from placements.agreement.lifecycle import Agreement, Fulfilment
from placements.agreement.models import ProtocolItem
from placements.agreement.permissions import can_change_terms, can_mark
from placements.agreement.reads.items import item_rows
from placements.agreement.reads.protocol import chair_notice, first_talks, protocol_rows
from placements.agreement.rules.items import agree_problems
from placements.placement.documents import role_facts
from placements.placement.lifecycle import PLACEMENT_RUNNING, PLACEMENT_UNDER_CONTRACT, PlacementStatus
from placements.placement.models import Placement
from placements.placement.permissions import (
    can_see_names,
    can_work_on_protocol,
    is_host_head,
    reads_host_school,
)
from placements.placement.reads import WHO, policy_of
from placements.placement.ten_items import BY_NUMBER
from placements.placement.views import find, paper
from staff.accounts.permissions import is_coordinator, is_office

MARKED_BY_PEOPLE = (4, 5, 6, 7, 8, 9)
"""Items whose fulfilment no fact tells: their owner says so."""


@signed_in
@require_safe
def checklist(request: Request, pk: int) -> HttpResponse:
    """All ten at a glance: agreed or not, done or not, whose they are."""
    placement = find(request, pk)
    items = list(placement.protocol.all())
    rows = [_line(item) for item in items]
    status = placement.status
    context = {
        "placement": placement,
        "rows": rows,
        "agreed": sum(1 for item in items if item.agreement != Agreement.NOT_DISCUSSED),
        "before_meeting": status == PlacementStatus.PLANNED,
        "may_confirm": status == PlacementStatus.PRELIMINARY_HELD and is_coordinator(request.user),
        "may_reopen": status == PlacementStatus.PROTOCOL_AGREED and is_coordinator(request.user),
    }
    return render(request, "placements/agreement/protocol.html", context)


@signed_in
def item(request: Request, pk: int, number: int) -> HttpResponse:
    """One item: what it means, its facts, the answer."""
    placement = find(request, pk)
    row = get_object_or_404(placement.protocol, number=number)
    can_change = can_change_terms(request.user, placement) and placement.status != PlacementStatus.PROTOCOL_AGREED
    form = form_for(number)(sent(request), placement=placement, item=row) if can_change else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if done := submit(
            form,
            lambda _: protocol.save_item(placement=placement, number=number, by=request.user, **form.answer()),
        ):
            return _saved(request, placement, done.result)
    context = {**_item_context(request, placement, row), "form": form}
    if form is None:
        rows = item_rows(placement, row, keepers=can_see_names(request.user, placement))
        context["rows"] = shown.teller(request.user, placement)(rows)
    elif row.agreement == Agreement.WITH_ACTION or form.is_bound:
        context["action_open"] = True
    return render(request, "placements/agreement/item.html", context)


def _saved(request: Request, placement: Placement, saved: ProtocolItem) -> HttpResponse:
    """On to the next item that is open."""
    for problem in _warnings(placement, saved.number):
        messages.warning(request, problem.message)
    messages.success(request, f"{saved}: {saved.get_agreement_display().lower()}")
    open_items = placement.protocol.filter(agreement=Agreement.NOT_DISCUSSED, number__gt=saved.number)
    following = open_items.values_list("number", flat=True).first()
    if following:
        return redirect("placements:placement_item", placement.pk, following)
    return redirect("placements:placement_protocol", placement.pk)


def _warnings(placement: Placement, number: int) -> list[Problem]:
    rows = protocol_rows(Placement.objects.get(pk=placement.pk))
    return [p for p in agree_problems(number, rows) if p.warning]


def _chair(request: Request, placement: Placement) -> dict[str, Any]:
    """The notice to the host's chair, whose name home heads do not read: a school's people are its own (section G)."""
    told, host = chair_notice(placement), placement.host
    named = is_host_head(request.user, placement) or reads_host_school(request.user, placement)
    name = told.to_name if told else host.chair_name
    return {
        "chair_told": told,
        "chair": name if named else "the chair of governors",
        "chair_known": bool(host.chair_name and host.chair_email),
    }


def _item_context(request: Request, placement: Placement, row: ProtocolItem) -> dict[str, Any]:
    number = row.number
    under_contract = placement.status in PLACEMENT_UNDER_CONTRACT
    may_mark = under_contract and number in MARKED_BY_PEOPLE and can_mark(request.user, placement, number)
    return {
        "placement": placement,
        "item": row,
        "meaning": BY_NUMBER[number],
        "owner": WHO[BY_NUMBER[number].owner],
        "may_mark": may_mark,
        "may_work": can_work_on_protocol(request.user, placement),
        "may_send_role": number == 1 and is_office(request.user),
        **(_chair(request, placement) if number == 3 else {}),
        "first_talks": first_talks(placement) if number == 2 and placement.status in PLACEMENT_RUNNING else "",
    }


@signed_in
@require_POST
def mark(request: Request, pk: int, number: int) -> HttpResponse:
    """Its owner says that an item is going on, or done."""
    placement = find(request, pk)
    state = request.POST.get("state")
    if state not in (Fulfilment.ONGOING, Fulfilment.FULFILLED) or number not in MARKED_BY_PEOPLE:
        raise Http404
    done = attempt(request, lambda: fulfilment.mark(placement=placement, number=number, state=state, by=request.user))
    if not done:
        return redirect("placements:placement_protocol", pk)
    messages.success(request, f"{done.result}: {done.result.get_fulfilment_display().lower()}")
    return redirect("placements:placement_item", pk, number)


@signed_in
@require_safe
def agenda_pdf(request: Request, pk: int) -> HttpResponse:
    """The ten items as agreed so far, on paper (R-15.3); `?blank` for an empty form."""
    placement = find(request, pk)
    keepers = can_see_names(request.user, placement)
    facts = agenda_facts(None if "blank" in request.GET else placement, keepers=keepers)
    data = documents.preview(AGENDA, title=f"Protocol, {placement.reference}", facts=facts, on=timezone.now())
    return paper(data, f"protocol-{placement.reference.lower()}.pdf")


@signed_in
@require_safe
def role_pdf(request: Request, pk: int) -> HttpResponse:
    """What an AST may and may not be asked to do (R-15.2)."""
    placement = find(request, pk)
    facts = role_facts(policy_of(placement), placement)
    title = say("What an Advanced Skills Teacher is here to do")
    return paper(documents.preview(ROLE, title=title, facts=facts, on=timezone.now()), "ast-role.pdf")


@signed_in
@require_safe
def pack_pdf(request: Request, pk: int) -> HttpResponse:
    """One paper for all staff of the host school (R-15.8)."""
    placement = find(request, pk)
    facts = pack_facts(placement, policy_of(placement))
    title = f"{say('AST')} support at {placement.host.name}: for all staff"
    return paper(documents.preview(PACK, title=title, facts=facts, on=timezone.now()), "for-all-staff.pdf")


def _line(row: ProtocolItem) -> dict[str, Any]:
    meaning = BY_NUMBER[row.number]
    return {"item": row, "title": meaning.title, "owner": WHO[meaning.owner], "gates": meaning.gates}
