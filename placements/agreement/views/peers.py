"""Another AST at the meetings: proposed, answered by every party, invited (R-8.6)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access, signed_in
from astcoord.core.policy_choices import Party
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui.submit import attempt, sent, submit
from placements.agreement.actions import peers
from placements.agreement.forms.placements import PeerForm
from placements.agreement.permissions import parties_in_contract
from placements.agreement.reads.protocol import peer_of
from placements.placement.lifecycle import PLACEMENT_OPEN
from placements.placement.permissions import can_work_on_protocol
from placements.placement.reads import policy_of
from placements.placement.views import find
from staff.accounts.permissions import is_coordinator


@signed_in
def peer(request: Request, pk: int) -> HttpResponse:
    """Who is proposed and who has said what; without anybody, a form to propose one."""
    placement, user = find(request, pk), request.user
    found = peer_of(placement)
    may_propose = can_work_on_protocol(user, placement) and placement.status in PLACEMENT_OPEN
    form = PeerForm(sent(request), placement=placement) if may_propose and found is None else None
    if form and submit(form, lambda data: peers.propose(placement=placement, by=user, **data)):
        messages.success(request, "The parties have been asked")
        return redirect("placements:peer", pk)
    said = {each.party: each for each in found.answers.all()} if found else {}
    asked = policy_of(placement).signatories
    context = {
        "placement": placement,
        "peer": found,
        "form": form,
        "rows": [(str(Party(p).label), ("Yes" if said[p].yes else "No") if p in said else "Not yet") for p in asked],
        "may_answer": bool(found and set(parties_in_contract(user, placement)) & set(asked)),
        "may_invite": bool(found and not found.invited_at and is_coordinator(user)),
        "may_take_back": bool(found and (is_coordinator(user) or found.asked_by_id == user.pk)),
    }
    return render(request, "placements/agreement/peer.html", context)


@signed_in
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Yes or no, as a party."""
    yes = request.POST.get("yes") == "yes"
    if attempt(request, lambda: peers.answer(placement=find(request, pk), yes=yes, by=request.user)):
        messages.success(request, "Your answer has been saved")
    return redirect("placements:peer", pk)


@access(Role.COORDINATOR)
@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """All have said yes: the AST is invited."""
    if attempt(request, lambda: peers.invite(placement=find(request, pk), by=request.user)):
        messages.success(request, say("The AST has been invited to the meetings"))
    return redirect("placements:peer", pk)


@signed_in
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Nobody is proposed any more."""
    if attempt(request, lambda: peers.take_back(placement=find(request, pk), by=request.user)):
        messages.success(request, "Nobody is proposed any more")
    return redirect("placements:peer", pk)
