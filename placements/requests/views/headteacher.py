"""A headteacher's own requests: start, start again, list, withdraw."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say, say_later
from astcoord.ui.submit import attempt, form_page, sent, submit
from astcoord.ui.tables import PAGE_SIZE
from placements.requests import reads
from placements.requests.actions import asking
from placements.requests.forms.brief import BRIEF
from placements.requests.forms.office import OwnSchoolForm, StartForm, WithdrawForm
from placements.requests.lifecycle import RequestStatus, Route
from placements.requests.models import OutreachRequest
from placements.requests.permissions import can_send_request, can_withdraw_request
from placements.requests.rules import found_words
from placements.requests.tables import OwnRequestTable
from placements.requests.views.steps import onward
from schools.register.models import School
from staff.accounts.permissions import is_office


def own_schools(request: Request) -> "list[School]":
    """The schools that this person heads, with their history; of several not those that have closed (R-17.6)."""
    heads = School.objects.filter(pk__in=request.user.schools_as(Role.HEADTEACHER))
    found = heads.open() if heads.open().exists() else heads
    return list(found.select_related("cluster").prefetch_related("statuses").by_name())


@access(Role.HEADTEACHER)
def mine(request: Request) -> HttpResponse:
    """All requests of the head's schools, newest first, each with whose turn it is (R-6.15)."""
    found = OutreachRequest.objects.at_schools(request.user.schools_as(Role.HEADTEACHER)).select_related("host")
    shown = found.exclude(status=RequestStatus.WITHDRAWN, submitted_at=None)
    table = OwnRequestTable(shown.prefetch_related("matches__answers"))
    RequestConfig(request, paginate={"per_page": PAGE_SIZE}).configure(table)
    return render(request, "placements/requests/mine.html", {"table": table})


@access(Role.HEADTEACHER)
def start(request: Request) -> HttpResponse:
    """What an AST can do, what to have at hand, and drafts already begun."""
    schools = request.user.schools_as(Role.HEADTEACHER)
    found = OutreachRequest.objects.at_schools(schools).select_related("host")
    context = {
        "drafts": found.filter(status=RequestStatus.DRAFT)[:10],
        "last": found.exclude(submitted_at=None).first(),
        "from_letter": request.GET.get("from") == Route.LETTER,
        "only": own[0] if len(own := own_schools(request)) == 1 else None,
    }
    return render(request, "placements/requests/start.html", context)


@access(Role.HEADTEACHER)
def new(request: Request) -> HttpResponse:
    """Confirm the school from the register; a head of several chooses. Then the draft exists."""
    schools = own_schools(request)
    if not schools:
        raise Http404
    form, only = _start_form(request, schools)
    if done := submit(form, lambda data: asking.start(host=only or data["school"], by=request.user, route=form.route)):
        return redirect("placements:request_step", done.result.pk, BRIEF[0].slug)
    return form_page(
        request,
        form,
        title="Is this your school?" if only else "Which school is it for?",
        heading=None if only else "",
        back=("Back", "placements:request_start"),
        template="placements/requests/new.html",
        school=only,
    )


def _start_form(request: Request, schools: list[School]) -> tuple[StartForm, School | None]:
    """The one school to confirm, or the choice of several."""
    initial = {"from": request.GET.get("from", "")}
    if len(schools) == 1:
        return StartForm(sent(request), initial=initial), schools[0]
    options = School.objects.filter(pk__in=[school.pk for school in schools])
    return OwnSchoolForm(sent(request), initial=initial, schools=options), None


@require_POST
@access(Role.HEADTEACHER)
def again(request: Request, pk: int) -> HttpResponse:
    """A new draft with the answers and people of this one."""
    last = get_object_or_404(OutreachRequest.objects.visible_to(request.user), pk=pk)
    if not can_send_request(request.user, last):
        raise Http404
    draft = asking.start_again(last=last, by=request.user)
    messages.success(request, "We have copied the answers. Check them, and give new dates.")
    return onward(draft)


@require_POST
@access(Role.HEADTEACHER)
def unsend(request: Request, pk: int) -> HttpResponse:
    """Take a request back to change it, while nobody has taken it up (R-20.13)."""
    asked = get_object_or_404(OutreachRequest.objects.visible_to(request.user), pk=pk)
    if not can_send_request(request.user, asked):
        raise Http404
    if attempt(request, lambda: asking.unsend(request=asked, by=request.user)):
        messages.success(request, f"Request {asked.reference} is with you again. Change it, then send it.")
        return redirect("placements:request_check", asked.pk)
    return redirect("placements:request_detail", asked.pk)


@access(Role.HEADTEACHER, OFFICE)
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a request back, with a reason; nothing is deleted."""
    asked = get_object_or_404(OutreachRequest.objects.visible_to(request.user).select_related("host"), pk=pk)
    if not can_withdraw_request(request.user, asked):
        raise Http404
    initial = {"ending": "not_needed"} if asked.status == RequestStatus.DRAFT else None
    heading, answer = _what_is_withdrawn(asked)
    form = WithdrawForm(sent(request), initial=initial, submit=answer)
    if submit(form, lambda data: asking.withdraw(request=asked, by=request.user, **data)):
        messages.success(request, _taken_back(asked))
        return redirect("placements:request_detail", asked.pk)
    found = found_words(asked.days_found, asked.days)
    proposed = asked.status == RequestStatus.PROPOSED
    return form_page(
        request,
        form,
        title=f"Withdraw request {asked.reference}",
        heading=heading,
        caption=f"Request {asked.reference}, {asked.host.name}",
        back=("Back", "placements:request_detail", asked.pk),
        warning=say("An AST has been asked already. Withdrawing takes that back too.") if proposed else "",
        inset=f"{found}. {AGREED_STAYS}" if found else "",
        beside=("Keep it", "placements:request_detail", asked.pk),
    )


AGREED_STAYS = say_later(
    "What has been agreed with that AST stays, and only the other days are withdrawn. To end the placement as well, "
    "open it under Placements."
)


def _what_is_withdrawn(asked: OutreachRequest) -> tuple[str, str]:
    """The page's heading, and what its button says."""
    if asked.days_found:
        return "Withdraw the days still open", "Withdraw the days still open"
    if asked.status == RequestStatus.DRAFT:
        return "Throw this draft away", "Throw it away"
    return "Withdraw the request", "Withdraw the request"


def _taken_back(asked: OutreachRequest) -> str:
    """What has become of the request, and what has not (R-7.8)."""
    if asked.days_found:
        return f"Nobody looks for the other days of request {asked.reference} any more. {say('The placement')} stays."
    return f"Request {asked.reference} is withdrawn."


@access(Role.HEADTEACHER, OFFICE)
def receipt(request: Request, pk: int) -> HttpResponse:
    """The panel with the reference."""
    asked = get_object_or_404(OutreachRequest.objects.visible_to(request.user).select_related("host"), pk=pk)
    if asked.status == RequestStatus.DRAFT:
        return redirect("placements:request_check", asked.pk)
    mine = can_send_request(request.user, asked)
    if not mine and not is_office(request.user):
        raise PermissionDenied
    context = {
        "asked": asked,
        "mine": mine,
        "told": mine or bool(asking.heads_of(asked.host)),
        "safeguards": reads.safeguards_of(asked, today=today()) if mine else [],
    }
    return render(request, "placements/requests/sent.html", context)
