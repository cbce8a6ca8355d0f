"""Somebody supported, who has no account, says how a session went: opened by their own link (R-11.15)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from astcoord.core.access import public
from astcoord.core.clock import today
from astcoord.core.wording import date_words
from astcoord.core.words import say
from astcoord.ui.submit import attempt, form_page, sent, submit
from evaluation.feedback import actions, reads
from evaluation.feedback.forms import SessionForm
from evaluation.feedback.reads import OwnSession
from placements.supported.models import SupportedStaff
from placements.supported.views.own import WHY, by_own_link


@public(WHY)
@require_safe
@by_own_link
def sessions(request: HttpRequest, token: str, person: SupportedStaff) -> HttpResponse:
    """The days of the last fortnight, and which have been spoken of."""
    context = {"token": token, "placement": person.placement, "sessions": reads.own_sessions(person, today())}
    return render(request, "evaluation/feedback/sessions.html", context)


@public(WHY)
@require_http_methods(["GET", "HEAD", "POST"])
@by_own_link
def session(request: HttpRequest, token: str, person: SupportedStaff, pk: int) -> HttpResponse:
    """Three ticks, which may be changed until they are counted."""
    found = _find(person, pk)
    form = SessionForm(sent(request), feedback=found.feedback)
    if submit(form, lambda answers: actions.say(day=found.day, person=person, answers=answers)):
        messages.success(request, "Thank you. Your answers have been saved.")
        return redirect("evaluation:session_feedback", token)
    return form_page(
        request,
        form,
        title=f"How did {date_words(found.day.on)} go?",
        caption=f"With {person.placement.post.user.name}, {say('AST', within=True)}",
        back=("Back", "evaluation:session_feedback", token),
        lead=f"Others read counts only, from three answers on, after {date_words(found.until)}. Nobody is graded.",
        template="evaluation/feedback/session.html",
    )


@public(WHY)
@require_POST
@by_own_link
def take_back(request: HttpRequest, token: str, person: SupportedStaff, pk: int) -> HttpResponse:
    """A button: as if nothing had been said."""
    found = _find(person, pk)
    if attempt(request, lambda: actions.take_back(day=found.day, person=person)):
        messages.success(request, "Your answers have been deleted.")
    return redirect("evaluation:session_feedback", token)


def _find(person: SupportedStaff, pk: int) -> OwnSession:
    found = next((each for each in reads.own_sessions(person, today()) if each.day.pk == pk), None)
    if found is None:
        raise Http404
    return found
