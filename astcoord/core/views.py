"""The first page, with the set-up list of a new authority; whether the software is well; the outbox in the browser.

The outbox is for one machine without a relay: it is mounted only where settings say so, and production refuses to
start with it.
"""

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from astcoord.core import delays, mail, metrics, opening, policy, readiness, week
from astcoord.core import help as guides
from astcoord.core import home as first_page
from astcoord.core.access import Request, access, public, signed_in
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role

WHY = "development only: shows e-mail that would have been sent, sign-in codes included"


@signed_in
def home(request: Request) -> HttpResponse:
    """What must I do now? For the office its week (R-20.2), for others all that waits for them."""
    if not request.user.role_set & OFFICE:
        return tasks(request)
    now = today()
    context = {
        "delays": delays.told(request.user, timezone.now()),
        "set_up": opening.steps_for(request.user, now),
        "headings": week.headings(request.user, now),
        "days": week.days(request.user, now),
        "today": now,
        "alarms": week.alarms(request.user),
    }
    return render(request, "home_week.html", context)


@signed_in
def tasks(request: Request) -> HttpResponse:
    """Everything that waits for this person, whether it has a day or not."""
    now = today()
    found = first_page.tasks_for(request.user, now)
    return render(
        request,
        "home.html",
        {
            "delays": delays.told(request.user, timezone.now()),
            "set_up": opening.steps_for(request.user, now),
            "overdue": [t for t in found if t.is_overdue(now)],
            "to_do": [t for t in found if not t.is_overdue(now)],
            "panels": first_page.panels_for(request.user, now),
            "office": bool(request.user.role_set & OFFICE),
        },
    )


@access(OFFICE)
@require_POST
def set_up_leave(request: Request, code: str) -> HttpResponse:
    """Leave a step of the set-up list as it is (R-17.1)."""
    step = opening.leave(code, by=request.user, on=today())
    messages.success(request, f"“{step.title}” is left as it is.")
    return redirect("home")


@access(OFFICE)
@require_POST
def set_up_take_up(request: Request, code: str) -> HttpResponse:
    """Put it back on the list."""
    step = opening.take_up(code, by=request.user, on=today())
    messages.success(request, f"“{step.title}” is on the list again.")
    return redirect("home")


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: in plain words, and whom to ask if the database still says who that is (R-18.1)."""
    try:
        authority = policy.in_force()
    except DatabaseError:
        authority = None
    return HttpResponse(render_to_string("500.html", {"authority": authority}), status=500)


@public("how to work with the service: says nothing about anybody")
def help_pages(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and the guides: first those for the reader (R-18.1)."""
    roles = [role for role in Role if request.user.is_authenticated and request.user.has_role(role)]
    own, others = guides.guides_for(roles)
    return render(request, "core/help.html", {"own": own, "others": others})


@public("how to work with the service: says nothing about anybody")
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide, with its contents at the top."""
    guide = next((each for each in guides.GUIDES if each.slug == slug), None)
    if guide is None:
        raise Http404
    return render(request, "core/help_page.html", {"guide": guide, "text": guides.text_of(slug)})


@public("for whoever watches the site: says only that a process answers")
def live(request: HttpRequest) -> HttpResponse:
    """200 and "alive", whatever the database does: a process that does not say so is to be replaced."""
    return _plain("alive")


@public("for whoever watches the site: says only whether the software and its database are ready")
def ready(request: HttpRequest) -> HttpResponse:
    """200 and "ready", or 503 with the reason: send nobody here yet."""
    problem = readiness.problem()
    return _plain(problem, status=503) if problem else _plain("ready")


@public("for a program that watches the site and knows its token: counts, nothing about anybody")
def measured(request: HttpRequest) -> HttpResponse:
    """Numbers in Prometheus' text format; not there where METRICS_TOKEN is not set."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _plain(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})


@public(WHY)
def outbox(request: HttpRequest) -> HttpResponse:
    """Every message written so far, newest first."""
    return render(request, "outbox/list.html", {"letters": mail.letters()})


@public(WHY)
def outbox_letter(request: HttpRequest, name: str) -> HttpResponse:
    """One message as its reader would see it."""
    return render(request, "outbox/letter.html", {"letter": _letter(name)})


@public(WHY)
def outbox_attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """An attachment of one message, to save."""
    attachments = _letter(name).attachments
    if number >= len(attachments):
        raise Http404
    attached = attachments[number]
    return HttpResponse(
        attached.content,
        content_type=attached.kind,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=attached.filename),
            "X-Content-Type-Options": "nosniff",
        },
    )


def _letter(name: str) -> mail.Letter:
    found = mail.letter(name)
    if found is None:
        raise Http404
    return found
