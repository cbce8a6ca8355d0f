"""The queue, and what the co-ordinator decides about each request in it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core import audit
from astcoord.core import policy as policies
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.gate import out_of_turn
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.ui.bulk import BulkAction
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from astcoord.ui.wording import lower_first
from placements.requests import reads
from placements.requests.actions import asking, decisions
from placements.requests.filters import QUEUE, RequestFilter
from placements.requests.forms.office import DECISIONS, EnterForm
from placements.requests.models import OutreachRequest
from placements.requests.permissions import sees_declarations
from placements.requests.rules.difficulty import asks_consent
from placements.requests.tables import QueueTable
from placements.requests.views.walk import onward, place_of, rows_of
from staff.accounts.permissions import is_office
from staff.deputies import reads as deputies


@access(AUTHORITY)
class Queue(FilteredList):
    """Every route ends here (R-5.6); a consultant sees the requests in the group's subjects (R-3.4)."""

    table_class = QueueTable
    filterset_class = RequestFilter
    template_name = "placements/requests/queue.html"
    title = "Requests"
    csv_name = "requests"
    bulk = (BulkAction("Hand over", "placements:request_owners", OFFICE),)

    def get_queryset(self) -> QuerySet[OutreachRequest]:
        rows = rows_of(self.request).select_related("host").prefetch_related("matches")
        if not is_office(self.request.user):
            return rows
        return rows.select_related("owner").annotate(deputy=deputies.name_for("owner_id", today()))

    def get_table_kwargs(self) -> dict[str, Any]:
        """Under headings, until somebody sorts it or looks at what is not the co-ordinator’s to act on."""
        if self.filterset.form.cleaned_data.get("group") != QUEUE:
            return {}
        return {"bands": lambda: reads.bands_of(self.filterset.qs, today())}

    def get_table(self, **kwargs: Any) -> QueueTable:
        """With who could help, for the office."""
        table: QueueTable = super().get_table(**kwargs)
        table.view = self.request.GET.urlencode()
        if not is_office(self.request.user):
            table.exclude = (*table.exclude, "owner", "help")
        else:
            table.could_help = lambda asked: reads.could_help(asked, self.request.user, today())
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"may_enter": is_office(self.request.user), **super().get_context_data(**kwargs)}


@access(OFFICE)
def enter(request: Request) -> HttpResponse:
    """Begin a request on a school's behalf: which school, and how it reached us (R-5.6)."""
    form = EnterForm(sent(request))
    if done := submit(form, lambda data: asking.start(host=data["school"], by=request.user, route=data["route"])):
        return redirect("placements:request_step", done.result.pk, "subject")
    lead = "Write down what you know. The headteacher then confirms it and adds the rest."
    back = ("Requests", "placements:queue")
    return form_page(request, form, title="Enter a request for a school", back=back, lead=lead)


@require_POST
@access(Role.COORDINATOR)
def take_up(request: Request, pk: int) -> HttpResponse:
    """The co-ordinator starts to look for an AST."""
    asked = get_object_or_404(OutreachRequest.objects.visible_to(request.user), pk=pk)
    if attempt(request, lambda: decisions.take_up(request=asked, by=request.user)):
        messages.success(request, f"You have taken up request {asked.reference}.")
    place = place_of(request, asked.pk)
    return redirect(place.url(asked.pk)) if place else redirect("placements:request_detail", asked.pk)


Decide = Callable[[OutreachRequest, Any, dict[str, Any]], Any]
ACT: dict[str, tuple[str, Decide, str]] = {
    "return": (
        "return",
        lambda asked, by, said: decisions.return_with_questions(request=asked, by=by, **said),
        "The headteacher has your questions.",
    ),
    "wait": (
        "wait",
        lambda asked, by, said: decisions.wait(request=asked, by=by, **said),
        "The request is on the waiting list, and the headteacher knows.",
    ),
    "settle": (
        "settle",
        lambda asked, by, said: decisions.settle(request=asked, by=by, **said),
        "The request stays at the days agreed, and the headteacher knows.",
    ),
    "decline": (
        "decline",
        lambda asked, by, said: decisions.decline(request=asked, by=by, **said),
        "The request is declined, and the headteacher knows.",
    ),
    "refer": (
        "refer",
        lambda asked, by, said: decisions.refer(request=asked, by=by, **said),
        "The request is referred, and the headteacher knows.",
    ),
    "realism": (
        "",
        lambda asked, by, said: decisions.state_realism(
            request=asked, by=by, statement=said["realism"], consents=said.get("consents")
        ),
        "Your statement is kept with the request.",
    ),
}


@access(Role.COORDINATOR)
def decide(request: Request, pk: int, decision: str) -> HttpResponse:
    """One decision, one page: the form says what must be given, the action does it."""
    asked = get_object_or_404(OutreachRequest.objects.visible_to(request.user).select_related("host"), pk=pk)
    move, act, done = ACT[decision]
    place = place_of(request, asked.pk)
    if move and request.method != "POST" and asked.status not in asked.machine.get(move).sources:
        messages.warning(request, out_of_turn(asked, asked.machine.get(move).label).message)
        return redirect("placements:request_detail", asked.pk)
    form = DECISIONS[decision](sent(request), **(_realism(asked) if decision == "realism" else {}))
    if submit(form, lambda data: act(asked, request.user, data)):
        messages.success(request, f"{asked.reference}: {lower_first(done)}" if place else done)
        return onward(request, asked, place)
    caption = f"Request {asked.reference}, {asked.host.name}"
    back = ("Back", place.url(asked.pk)) if place else ("Back", "placements:request_detail", asked.pk)
    return form_page(request, form, title=form.heading, caption=caption, back=back)


def _realism(asked: OutreachRequest) -> dict[str, Any]:
    """What was said before, and whether the consent of somebody in serious difficulty is to be recorded."""
    people = asks_consent(asked.staff.all(), policies.in_force())
    initial = {"realism": asked.realism, "consents": all(each.consents for each in people)}
    return {"initial": initial, "asks_consent": bool(people)}


@access(Role.COORDINATOR, Role.HEADTEACHER)
def declarations(request: Request, pk: int) -> HttpResponse:
    """What the head said of each person's situation. Every look is written into the audit trail (section G*)."""
    found = OutreachRequest.objects.visible_to(request.user).select_related("host").prefetch_related("staff")
    asked = get_object_or_404(found, pk=pk)
    if not sees_declarations(request.user, asked):
        raise Http404
    audit.viewed(asked, by=request.user, what="declarations")
    return render(request, "placements/requests/declarations.html", {"asked": asked, "staff": asked.staff.all()})
