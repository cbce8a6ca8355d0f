"""The page on which one party to a match says yes or no, shared by the AST and the home head (R-7.5)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core.problems import Refused, add_to_form
from placements import policy as may
from placements.actions import matches as actions
from placements.forms.matches import AnswerForm
from placements.lifecycle import MatchStatus
from placements.models import Match, MatchAnswer, Placement
from placements.reports import matches as reports


def answer_page(request: HttpRequest, pk: int, party: str, *, page: str, question: str) -> HttpResponse:
    """Show the match to `party`, take the answer, and show again what was said. Somebody else's match is not found."""
    user: Any = request.user
    match = get_object_or_404(reports.with_answers(Match.objects.visible_to(user)), pk=pk)
    if party not in may.parties_in_match(user, match):
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    form.fields["reply"].label = question.format(name=match.post.name)
    form.fields["reply"].help_text = NOT_YET_BOUND
    if request.method == "POST" and form.is_valid():
        try:
            answered = actions.answer(
                match=match, party=party, yes=form.yes, by=user, reason="" if form.yes else form.cleaned_data["reason"]
            )
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _thanks(answered, yes=form.yes))
            return redirect(page, pk)
    lines = reports.answer_lines(match)
    mine = next(line.answer for line in lines if line.party == party)
    can_answer = match.status == MatchStatus.PROPOSED and mine is None
    context = {"match": match, "form": form if can_answer or form.errors else None, "lines": lines, "mine": mine}
    placement = Placement.objects.visible_to(user).filter(match=match).first()
    shown = {"rows": reports.asked(match), "party": party, "shows_reasons": True, "placement": placement}
    return render(request, "placements/matches/answer.html", {**context, **shown})


def _thanks(match: Match, *, yes: bool) -> str:
    if not yes:
        return "Your answer has been recorded. The co-ordinator will look for somebody else."
    if match.status == MatchStatus.AGREED:
        return "Everybody has said yes. The placement is being set up."
    return "Your answer has been recorded. You will hear when everybody has answered."


NOT_YET_BOUND = "A yes leads to a meeting with the school. Nothing is fixed until everybody has signed the contract."
AST, HOME_HEAD = MatchAnswer.Party.AST, MatchAnswer.Party.HOME_HEAD
