"""The co-ordinator's side of matching: candidates, proposal, the group's decision, what is out (R-7.1 to R-7.6)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core import policy as policies
from astcoord.core import timeline
from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.models.policy import MatchDecider
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.ui.lists import FilteredList
from placements import policy as may
from placements.actions import matches as actions
from placements.filters.matches import MatchFilter
from placements.forms.matches import DecisionForm, ProposeForm, WithdrawForm
from placements.lifecycle import REQUEST_WITH_COORDINATOR, MatchStatus
from placements.models import Match, MatchAnswer, OutreachRequest
from placements.reports import matches as reports
from placements.tables.matches import MatchTable
from staff.models import Post

COORDINATOR = MatchAnswer.Party.COORDINATOR
READERS = AUTHORITY


def _request(request: HttpRequest, pk: int) -> OutreachRequest:
    visible = OutreachRequest.objects.visible_to(request.user).filter(status__in=REQUEST_WITH_COORDINATOR)
    return get_object_or_404(visible.select_related("host").prefetch_related("host__statuses", "staff"), pk=pk)


@access(OFFICE)
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """Who could answer a request, best first, and why (R-7.1); everybody else with the reason (R-7.2)."""
    asked = _request(request, pk)
    everybody = "all" in request.GET
    page = reports.candidates(asked, today(), most=reports.MOST if everybody else reports.TOP)
    context = {
        "asked": asked,
        "authority": page.policy,
        "page": page,
        "rows": reports.summary(asked, page.days_open),
        "everybody": everybody,
        "most": reports.MOST,
        "can_propose": page.can_propose and may.is_coordinator(request.user),
    }
    return render(request, "placements/matches/candidates.html", context)


@access(Role.COORDINATOR)
def propose(request: HttpRequest, pk: int, post_pk: int) -> HttpResponse:
    """Say how many days and, for a lower rank, why; then ask the AST and the home head (R-7.3)."""
    asked = _request(request, pk)
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user", "home"), pk=post_pk)
    page = reports.candidates(asked, today())
    card = reports.card_of(page, post.pk)
    if card is None or not page.can_propose:
        messages.error(request, f"{post.name} cannot be proposed for this request. The reason is shown below.")
        return redirect("placements:candidates", pk)
    days = min(page.days_open or card.usable, card.usable).normalize()
    form = ProposeForm(request.POST if request.method == "POST" else None, rank=card.rank, initial={"days": days})
    if request.method == "POST" and form.is_valid():
        try:
            match = actions.propose(request=asked, post=post, by=request.user, **form.cleaned_data)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, f"{post.name} and the headteacher of {post.home.name} have been asked.")
            return redirect("placements:match", match.pk)
    context = {"asked": asked, "page": page, "card": card, "post": post, "form": form, "by_group": _by_group()}
    return render(request, "placements/matches/propose.html", context)


def _by_group() -> bool:
    return policies.in_force().match_decider == MatchDecider.GROUP


def _match(request: HttpRequest, pk: int) -> Match:
    return get_object_or_404(reports.with_answers(Match.objects.visible_to(request.user)), pk=pk)


@access(READERS)
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """One match with its reasons as they stood, and who has said what."""
    found = _match(request, pk)
    lines = reports.answer_lines(found)
    open_ = found.status == MatchStatus.PROPOSED and may.is_coordinator(request.user)
    undecided = any(line.party == COORDINATOR and line.answer is None for line in lines)
    context = {
        "match": found,
        "lines": lines,
        "rows": reports.asked(found),
        "shows_reasons": may.reads_reasons(request.user, found),
        "turn": reports.waiting_for(found),
        "events": timeline.events(found),
        "can_withdraw": open_,
        "can_decide": open_ and undecided,
    }
    return render(request, "placements/matches/detail.html", context)


@access(Role.COORDINATOR)
def match_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back; the request is open again."""
    found = _match(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(match=found, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, "The proposal has been withdrawn. The request is open again.")
            return redirect("placements:candidates", found.request_id)
    return render(request, "placements/matches/withdraw.html", {"match": found, "form": form})


@access(Role.COORDINATOR)
def match_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the deployment group decided, when, and who they were (R-7.6)."""
    found = _match(request, pk)
    if COORDINATOR not in may.parties_in_match(request.user, found):
        raise PermissionDenied
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(match=found, party=COORDINATOR, yes=form.yes, by=request.user, reason=form.decision)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, "The group’s decision has been recorded.")
            return redirect("placements:match", pk)
    return render(request, "placements/matches/decision.html", {"match": found, "form": form})


@access(READERS)
class Matches(FilteredList):
    """Matches, all or the group's; those still open first, by the day to answer."""

    table_class = MatchTable
    filterset_class = MatchFilter
    title = "Matches"
    csv_name = "matches"

    def get_queryset(self) -> QuerySet[Match]:
        user: Any = self.request.user
        return reports.open_first(reports.with_answers(Match.objects.visible_to(user)))
