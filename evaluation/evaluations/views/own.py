"""The evaluation form of somebody who is supported and has no account, by its own signed link (R-11.1)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from astcoord.core.access import public
from astcoord.core.signed_links import Link, State
from astcoord.ui.by_link import to_nobody_else
from astcoord.ui.submit import attempt, sent, submit
from evaluation.evaluations import links, permissions
from evaluation.evaluations.actions import writing
from evaluation.evaluations.forms import EvaluationForm
from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads import forms as reads
from placements.supported.views.own import by_link, closed

WHY = "supported staff have no account: a signed, expiring link opens their one form (R-11.1)"
RENEWABLE = (State.EXPIRED, State.REPLACED)


def _renewal(token: str, link: Link[Evaluation]) -> str:
    """Where a new link can be asked for: it goes to the person's own address, and nothing is shown."""
    form = link.row
    person = form.person if form and permissions.still_asked(form) else None
    if link.state not in RENEWABLE or person is None or not person.has_own_form:
        return ""
    return reverse("evaluation:own_evaluation_link", args=[token])


by_own_link = by_link(links.read, kind="evaluation", renewal=_renewal)


@public(WHY)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@by_own_link
def own(request: HttpRequest, token: str, found: Evaluation) -> HttpResponse:
    """Two minutes on a phone: a few questions, and who may read the answers. Afterwards one's own answers."""
    asked = permissions.still_asked(found)
    form = EvaluationForm(sent(request), form=found, drafts=False) if asked else None
    if request.method == "POST" and form is None:
        return redirect("evaluation:own_evaluation", token)
    if form and submit(form, lambda _: writing.submit(form=found, answers=form.answers())):
        messages.success(request, "Thank you. Your answers have been handed in.")
        return redirect("evaluation:own_evaluation", token)
    answered = found.status in EVALUATION_ANSWERED
    context = {
        "evaluation": found,
        "placement": found.placement,
        "person": found.person,
        "form": form,
        "answers": reads.answers_of(found) if answered else [],
    }
    return render(request, "evaluation/evaluations/own.html", context)


@public(WHY)
@require_POST
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """For a link that is too old, or older than another: a fresh one to the address that the school gave."""
    link = links.read(token)
    if link.row is None or not _renewal(token, link):
        return to_nobody_else(closed(request, link.state))
    form = link.row
    attempt(request, lambda: writing.send_link(form=form))
    return to_nobody_else(render(request, "placements/supported/sent.html"))
