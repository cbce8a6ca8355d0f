"""The answers of an AST and of the AST's own head: the list, one match, several at once, a yes taken back (R-7.5)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core import shown
from astcoord.core.access import Request, access
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.core.words import say
from astcoord.ui.submit import attempt, form_page, sent, submit
from astcoord.ui.tables import PAGE_SIZE
from placements.matching import actions, permissions
from placements.matching.forms import AnswerForm, YesesForm
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match, MatchAnswer
from placements.matching.reads import matches as matches_reads
from placements.placement.models import Placement


def own_matches(request: Request, matches: QuerySet[Match], party: str, page_name: str) -> dict[str, Any]:
    """Context of `own.html`: one page of matches, those that wait for this party first, by the day to answer."""
    answered = Exists(MatchAnswer.objects.filter(match=OuterRef("pk"), party=party))
    waits = Case(When(~answered, status=MatchStatus.PROPOSED, then=True), default=False, output_field=BooleanField())
    rows = matches.annotate(waits=waits).order_by("-waits", "answer_by", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = shown.all_shown_to(request.user, page.object_list)
    return {"page": page, "page_name": page_name, "several": matches_reads.awaiting(matches, party).count() > 1}


def answer_page(request: Request, pk: int, party: str, *, page: str, question: str) -> HttpResponse:
    """Show the match to `party`, take the answer, and show again what was said. Somebody else's match is not found."""
    user = request.user
    match = get_object_or_404(matches_reads.with_answers(Match.objects.visible_to(user)), pk=pk)
    if party not in permissions.parties_in_match(user, match):
        raise Http404
    form = AnswerForm(sent(request))
    form.fields["reply"].label = question.format(name=match.post.name)
    form.fields["reply"].help_text = NOT_YET_BOUND
    if done := submit(
        form,
        lambda data: actions.answer(
            match=match, party=party, yes=form.yes, by=user, reason="" if form.yes else data["reason"]
        ),
    ):
        messages.success(request, thanks(done.result, yes=form.yes))
        return redirect(page, pk)
    match = shown.shown_to(user, match)
    lines = match.answer_lines()
    mine = next(line.answer for line in lines if line.party == party)
    can_answer = match.status == MatchStatus.PROPOSED and mine is None
    context = {"match": match, "form": form if can_answer or form.errors else None, "lines": lines, "mine": mine}
    placement = Placement.objects.visible_to(user).filter(match=match).first()
    more = {"rows": matches_reads.asked(match), "party": party, "shows_reasons": True, "placement": placement}
    latest = bool(mine) and mine == max((line.answer for line in lines if line.answer), key=lambda given: given.pk)
    more["can_unsay"] = latest and match.status == MatchStatus.PROPOSED
    more["can_undo"] = latest and placement is not None and placement.untouched
    return render(request, "placements/matching/answer.html", {**context, **more})


def yes_page(request: Request, party: str, mine: QuerySet[Match], *, back: tuple[str, str]) -> HttpResponse:
    """A yes to several of the matches that wait for this party, each recorded by itself (R-18.6)."""
    waiting = matches_reads.awaiting(mine, party).select_related("request__host", "post__user").order_by("answer_by")
    form = YesesForm(sent(request), waiting=waiting, names=party == HOME_HEAD)
    answer = partial(actions.yes_to_each, party=party, by=request.user)
    if done := submit(form, lambda data: list(answer(matches=data["matches"]))):
        refused = [(match, why) for match, why in done.result if why]
        for match, why in refused:
            messages.error(request, f"{match.request.host.name}: {why}")
        if count := len(done.result) - len(refused):
            messages.success(request, f"{counted(count, 'yes', 'yeses')} recorded.")
        return redirect(back[1])
    if not waiting.exists():
        messages.info(request, "No school waits for an answer from you.")
        return redirect(back[1])
    lead = [NOT_YET_BOUND, "A no needs a reason: leave it unticked here, and answer it on its own page."]
    return form_page(request, form, title="Say yes to several schools", lead=lead, back=back)


def thanks(match: Match, *, yes: bool) -> str:
    if not yes:
        return say("Your answer has been recorded. The co-ordinator will look for somebody else.")
    if match.status == MatchStatus.AGREED:
        return say("Everybody has said yes. The placement is being set up.")
    return "Your answer has been recorded. You will hear when everybody has answered."


NOT_YET_BOUND = "A yes leads to a meeting with the school. Nothing is fixed until everybody has signed the contract."
AST, HOME_HEAD = MatchAnswer.Party.AST, MatchAnswer.Party.HOME_HEAD


def _at_home(request: Request) -> QuerySet[Match]:
    """Of the ASTs of the head's own schools."""
    return Match.objects.asked_here().filter(post__home_id__in=request.user.schools_as(Role.HEADTEACHER))


def _own(request: Request) -> QuerySet[Match]:
    return Match.objects.asked_here().filter(post__user=request.user)


@access(Role.HEADTEACHER)
def answers_awaited(request: Request) -> HttpResponse:
    """Matches of the ASTs of the head's own schools: waiting for an answer first."""
    mine = matches_reads.with_answers(_at_home(request))
    title = say("Schools asking for your ASTs")
    context = own_matches(request, mine, HOME_HEAD, "placements:match_home")
    more = {"title": title, "several_page": "placements:answers_awaited_yes"}
    return render(request, "placements/matching/own.html", context | more)


@access(Role.HEADTEACHER)
def answers_awaited_yes(request: Request) -> HttpResponse:
    """The head's yes for several at once (R-18.6)."""
    back = (say("Schools asking for your ASTs"), "placements:answers_awaited")
    return yes_page(request, HOME_HEAD, _at_home(request), back=back)


@access(Role.HEADTEACHER)
def match_home(request: Request, pk: int) -> HttpResponse:
    """Read one proposal and answer it as the AST's own headteacher."""
    question = "May {name} take this on?"
    return answer_page(request, pk, HOME_HEAD, page="placements:match_home", question=question)


@access(Role.AST)
def asked_of_me(request: Request) -> HttpResponse:
    """The AST's own list: waiting for an answer first, then what became of the others."""
    context = own_matches(request, matches_reads.with_answers(_own(request)), AST, "placements:match_ast")
    more = {"title": "Schools asking for you", "several_page": "placements:asked_of_me_yes"}
    return render(request, "placements/matching/own.html", context | more)


@access(Role.AST)
def asked_of_me_yes(request: Request) -> HttpResponse:
    """The AST's yes for several at once (R-18.6)."""
    return yes_page(request, AST, _own(request), back=("Schools asking for you", "placements:asked_of_me"))


@access(Role.AST)
def match_ast(request: Request, pk: int) -> HttpResponse:
    """Read one proposal and answer it as the AST."""
    return answer_page(request, pk, AST, page="placements:match_ast", question="Will you take this on?")


PAGES: dict[str, str] = {AST: "placements:match_ast", HOME_HEAD: "placements:match_home"}


@require_POST
@access(Role.AST, Role.HEADTEACHER)
def match_unsay(request: Request, pk: int) -> HttpResponse:
    """Take back the own yes, and be asked again (R-20.13)."""
    found = get_object_or_404(matches_reads.with_answers(Match.objects.visible_to(request.user)), pk=pk)
    mine = [party for party in permissions.parties_in_match(request.user, found) if party in PAGES]
    if not mine:
        raise Http404
    last = max(found.answers.all(), key=lambda given: given.pk, default=None)
    party = last.party if last and last.party in mine else mine[0]
    if attempt(request, lambda: actions.unsay(match=found, party=party, by=request.user)):
        messages.success(request, "Your yes is taken back. You can answer again.")
    return redirect(PAGES[party], pk)
