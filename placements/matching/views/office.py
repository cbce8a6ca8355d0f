"""Matching for the office: candidates, proposal, the authority's own answer, and what is out (R-7.1 to R-7.6)."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core import policy as policies
from astcoord.core import shown, timeline
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.forms import GovForm, ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from placements.matching import actions
from placements.matching.filters import MatchFilter
from placements.matching.forms import AnswerForm, ProposeForm
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match, MatchAnswer
from placements.matching.permissions import reads_reasons
from placements.matching.reads import evidence
from placements.matching.reads import matches as matches_reads
from placements.matching.tables import MatchTable
from placements.matching.views.answers import thanks
from placements.requests.lifecycle import REQUEST_WITH_COORDINATOR
from placements.requests.models import OutreachRequest
from placements.requests.views.walk import carried, onward, place_of
from staff.accounts import permissions as accounts
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post

COORDINATOR = MatchAnswer.Party.COORDINATOR


def _request(request: Request, pk: int) -> OutreachRequest:
    visible = OutreachRequest.objects.visible_to(request.user).filter(status__in=REQUEST_WITH_COORDINATOR)
    return get_object_or_404(
        visible.select_related("host").prefetch_related("host__statuses", "staff", "priorities"), pk=pk
    )


@access(OFFICE)
def candidates(request: Request, pk: int) -> HttpResponse:
    """Who could answer a request, best first, and why (R-7.1); everybody else with the reason (R-7.2)."""
    asked = _request(request, pk)
    everybody = "all" in request.GET
    page = matches_reads.candidates(
        asked,
        today(),
        most=matches_reads.MOST if everybody else matches_reads.TOP,
        reader=request.user,
    )
    context = {
        "asked": asked,
        "authority": page.policy,
        "page": page,
        "rows": matches_reads.summary(asked, page.days_open),
        "evidence": evidence.beside(asked, request.user, today()),
        "everybody": everybody,
        "view": carried(request),
        "most": matches_reads.MOST,
        "can_propose": page.can_propose and accounts.is_coordinator(request.user),
    }
    return render(request, "placements/matching/candidates.html", context)


@access(Role.COORDINATOR)
def propose(request: Request, pk: int, post_pk: int) -> HttpResponse:
    """Say how many days and, for a lower rank, why; then ask the AST and the home head (R-7.3)."""
    asked = _request(request, pk)
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user", "home"), pk=post_pk)
    page = matches_reads.candidates(asked, today())
    card, place = matches_reads.card_of(page, post.pk), place_of(request, pk)
    if card is None or not page.can_propose:
        messages.error(request, f"{post.name} cannot be proposed for this request. The reason is shown below.")
        return redirect("placements:candidates", pk)
    silent = matches_reads.silence(post.home, today())
    form = ProposeForm(sent(request), rank=card.rank, usable=min(page.days_open or card.usable, card.usable))
    if done := submit(form, lambda data: actions.propose(request=asked, post=post, by=request.user, **data)):
        both = f"{post.name} and the headteacher of {post.home.name} have been asked."
        messages.success(request, f"{post.name} has been asked. {silent}" if silent else both)
        return onward(request, asked, place) if place else redirect("placements:match", done.result.pk)
    return _propose_page(request, form, asked, page, card, silent=silent, home=post.home)


def _propose_page(
    request: Request,
    form: ProposeForm,
    asked: OutreachRequest,
    page: matches_reads.CandidatePage,
    card: matches_reads.CandidateCard,
    **more: Any,
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=f"Propose {card.name} for {asked.reference}",
        heading=f"Propose {card.name}",
        caption=f"{asked.reference}, {asked.host.name}",
        back=("Back to the candidates", "placements:candidates", asked.pk),
        template="placements/matching/propose.html",
        asked=asked,
        page=page,
        card=card,
        by_group=_by_group(),
        **more,
    )


def _by_group() -> bool:
    return policies.in_force().group_decides


def _match(request: Request, pk: int) -> Match:
    return get_object_or_404(matches_reads.with_answers(Match.objects.visible_to(request.user)), pk=pk)


@access(AUTHORITY)
def match(request: Request, pk: int) -> HttpResponse:
    """One match with its reasons as they stood, and who has said what."""
    user = request.user
    found = shown.shown_to(user, _match(request, pk))
    lines = found.answer_lines()
    why = reads_reasons(user, found)
    events = timeline.events(found, reader=user)
    open_ = found.status == MatchStatus.PROPOSED and is_coordinator(user)
    undecided = any(line.party == COORDINATOR and line.answer is None for line in lines)
    context = {
        "match": found,
        "lines": lines,
        "rows": matches_reads.asked(found),
        "shows_reasons": why,
        "turn": matches_reads.waiting_for(found),
        "events": events if why else [{**event, "text": ""} for event in events],
        "can_withdraw": open_,
        "can_decide": open_ and undecided,
        "by_group": _by_group(),
    }
    return render(request, "placements/matching/detail.html", context)


@access(Role.COORDINATOR)
def match_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a proposal back; the request is open again."""
    found = _match(request, pk)
    label = "Why do you withdraw it?"
    form = ReasonForm(sent(request), submit="Withdraw the proposal", label=label, most=1000)
    if submit(form, lambda data: actions.withdraw(match=found, by=request.user, reason=data["reason"])):
        messages.success(request, "The proposal has been withdrawn. The request is open again.")
        return redirect("placements:candidates", found.request_id)
    lead = "Nobody is asked any more, and the request is open again."
    return _form_page(request, found, form, title=f"Withdraw the match of {found.post.name}", lead=lead)


@access(Role.COORDINATOR)
def match_decision(request: Request, pk: int) -> HttpResponse:
    """The co-ordinator's own answer, where proposing was not yet a yes; alone it is refused while a group decides."""
    found = _match(request, pk)
    form = AnswerForm(sent(request))
    form.fields["reply"].label = f"Do you agree to {found.post.name} for {found.request.host.name}?"
    if done := submit(
        form,
        lambda data: actions.answer(
            match=found, party=COORDINATOR, yes=form.yes, by=request.user, reason="" if form.yes else data["reason"]
        ),
    ):
        messages.success(request, thanks(done.result, yes=form.yes))
        return redirect("placements:match", pk)
    return _form_page(request, found, form, title=say("Answer for the authority"))


def _form_page(request: Request, match: Match, form: GovForm, **page: Any) -> HttpResponse:
    """The page of a form about a match."""
    caption = f"{match.request.reference}, {match.request.host.name}"
    return form_page(request, form, caption=caption, back=("Back to the match", "placements:match", match.pk), **page)


@access(AUTHORITY)
class Matches(FilteredList):
    """Matches, all or the group's; those still open first, by the day to answer."""

    table_class = MatchTable
    filterset_class = MatchFilter
    title = "Matches"
    csv_name = "matches"

    def get_queryset(self) -> QuerySet[Match]:
        user: Any = self.request.user
        return matches_reads.open_first(matches_reads.with_answers(Match.objects.visible_to(user)))
