"""The form of somebody who is supported and has no account: opened by a signed link, one form, one person (R-6.11).

Looking changes nothing (mail scanners open links); only a sent form does. The pages are kept by nobody, found by no
search engine, and their address goes to no other site.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from astcoord.core import documents
from astcoord.core.access import public
from astcoord.core.clock import today
from astcoord.core.limits import too_many
from astcoord.core.signed_links import Link, State
from astcoord.core.words import say
from astcoord.ui.by_link import to_nobody_else
from astcoord.ui.forms import ConfirmForm
from astcoord.ui.submit import attempt, form_page, sent, submit
from placements.placement.lifecycle import PLACEMENT_BEFORE_CONTRACT, PLACEMENT_OPEN
from placements.placement.reads import policy_of
from placements.placement.ten_items import ITEMS
from placements.placement.views import paper
from placements.supported import actions, links, reads
from placements.supported import documents as supported
from placements.supported.forms import PartForm
from placements.supported.models import SupportedStaff
from staff.posts.reads.posts import public_lines

WHY = "supported staff have no account: a signed, expiring link opens their one form (R-6.11)"
STATUS = {State.UNKNOWN: 404, State.EXPIRED: 410, State.REPLACED: 410}
BAD_LINKS, SAVES = 30, 30
"""Links that lead nowhere from one address, and forms sent by one person, within ten minutes†."""

View = Callable[..., HttpResponse]


def by_link(
    read: Callable[[str], Link[Any]], *, kind: str, renewal: Callable[[str, Link[Any]], str]
) -> Callable[[View], View]:
    """The view gets the row whose link it is; a link that does not count gets a page that says what to do.

    `renewal` gives the address from which a new link is sent, where one may be asked for.
    """

    def wrapped(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
            link = read(token)
            if link.state is not State.GOOD or link.row is None:
                response = closed(request, link.state, renew=renewal(token, link))
            elif request.method == "POST" and too_many(f"{kind}-save:{link.row.pk}", SAVES):
                response = render(request, "placements/supported/busy.html", status=429)
            else:
                response = view(request, token, link.row, **more)
            return to_nobody_else(response)

        return opened

    return wrapped


def closed(request: HttpRequest, state: State, *, renew: str = "") -> HttpResponse:
    """404 for what was never a link, 410 for one that is over. Nothing of anybody's is on the page.

    `renew` is the address from which a new link is sent, where one may be asked for.
    """
    if too_many(f"supported-link:{request.META.get('REMOTE_ADDR', '')}", BAD_LINKS):
        return render(request, "placements/supported/busy.html", status=429)
    context = {"expired": state is not State.UNKNOWN, "renew": renew}
    return render(request, "placements/supported/closed.html", context, status=STATUS[state])


def _renewal(token: str, link: Link[SupportedStaff]) -> str:
    """Only for a link that is too old: one that was replaced has a newer one, in the person's post."""
    if link.state is not State.EXPIRED or link.row is None or not link.row.has_own_form:
        return ""
    return reverse("placements:supported_new_link", args=[token])


by_own_link = by_link(links.read, kind="supported", renewal=_renewal)


@public(WHY)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@by_own_link
def form(request: HttpRequest, token: str, person: SupportedStaff) -> HttpResponse:
    """Read what is agreed, confirm, say one's own goals; later read and change them."""
    history = reads.history_of(person)
    latest = next(iter(history), None)
    goals_only = latest is not None and person.placement.status not in PLACEMENT_BEFORE_CONTRACT
    open_ = person.withdrew_on is None and person.placement.status in PLACEMENT_OPEN
    called = actions.is_called(person.placement)
    may_answer = open_ and called
    answers = PartForm(sent(request), person=person, latest=latest, goals_only=goals_only) if may_answer else None
    if request.method == "POST" and answers is None:
        return redirect("placements:supported_form", token)
    if answers and submit(answers, lambda _: actions.confirm(person=person, part=answers.part())):
        messages.success(request, "Thank you. Your answers have been saved.")
        return redirect("placements:supported_form", token)
    context = {**_context(token, person, answers), "history": history}
    return render(request, "placements/supported/form.html", context)


def _context(token: str, person: SupportedStaff, answers: PartForm | None) -> dict[str, Any]:
    rules = policy_of(person.placement)
    told = reads.teller_for(person)
    objectives = reads.objectives_for(person, told)
    return {
        "token": token,
        "person": person,
        "placement": person.placement,
        "form": answers,
        "rows": reads.about_placement(person.placement, told),
        "ast": public_lines(person.placement.post, told),
        "held": reads.held_about(person),
        "days": reads.days_of(person, today()),
        "papers": reads.papers_of(person, token),
        "reached": reads.reached_by(person, objectives),
        "offered": reads.offered_to(person, token),
        "role": supported.protocol_facts(person, rules),
        "items": ITEMS,
        "over": person.placement.status not in PLACEMENT_OPEN,
        "called": actions.is_called(person.placement),
        "objectives": objectives,
        "next": reads.next_day(person, today()),
    }


@public(WHY)
@require_http_methods(["GET", "HEAD", "POST"])
@by_own_link
def withdraw(request: HttpRequest, token: str, person: SupportedStaff) -> HttpResponse:
    """A question, and a button: no reason is asked (R-6.12)."""
    if person.withdrew_on is not None or person.placement.status not in PLACEMENT_OPEN:
        return redirect("placements:supported_form", token)
    if request.method == "POST":
        attempt(request, lambda: actions.withdraw(person=person))
        return redirect("placements:supported_form", token)
    placement = person.placement
    lead = (
        f"You will no longer be supported by {placement.post.user.name} at {placement.host.name}. Your headteacher and "
        f"{say('the AST')} {say('co-ordinator')} will be told that you have withdrawn. Nobody will ask you why."
    )
    return form_page(
        request,
        ConfirmForm(submit="Yes, withdraw", tone="warning"),
        title="Withdraw",
        heading="Do you want to withdraw?",
        back=("Back", "placements:supported_form", token),
        lead=lead,
        after=("No, go back", "placements:supported_form", token),
        template="placements/supported/withdraw.html",
    )


@public(WHY)
@require_safe
@by_own_link
def protocol_pdf(request: HttpRequest, token: str, person: SupportedStaff) -> HttpResponse:
    """What an AST may be asked to do, and the ten items, to keep."""
    facts = supported.protocol_facts(person, policy_of(person.placement))
    title = say("Working with an Advanced Skills Teacher: what is agreed")
    return paper(documents.preview(supported.PAPER, title=title, facts=facts, on=timezone.now()), "ast-protocol.pdf")


@public(WHY)
@require_POST
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """For a link that is only too old: a fresh one goes to the address that the school gave. Nothing is shown."""
    link = links.read(token)
    if link.state is not State.EXPIRED or link.row is None:
        return to_nobody_else(closed(request, link.state))
    actions.renew_link(person=link.row)
    return to_nobody_else(render(request, "placements/supported/sent.html"))
