"""Observations between ASTs: the list, one, and what each of the two does with it (R-3.14)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core.access import Request, access
from astcoord.core.roles import Role
from astcoord.core.words import say, say_later
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from staff.peers import actions, permissions
from staff.peers.filters import PeerFilter
from staff.peers.forms import DayForm, NotesForm, ProposeForm
from staff.peers.lifecycle import PeerStatus
from staff.peers.models import PeerObservation
from staff.peers.reads import facts_of, notes_of
from staff.peers.tables import PeerTable


@access(Role.AST)
class PeerList(FilteredList):
    """This AST’s own."""

    table_class = PeerTable
    filterset_class = PeerFilter
    template_name = "staff/peers/observations.html"
    title = say_later("Observations between ASTs")
    csv_name = "observations"
    few = 10

    def get_queryset(self) -> QuerySet[PeerObservation]:
        return PeerObservation.objects.visible_to(self.request.user).whole()


@access(Role.AST)
@require_safe
def peer_observation(request: Request, pk: int) -> HttpResponse:
    """What the two have agreed on, and their notes."""
    row = _find(request, pk)
    may_answer = row.status == PeerStatus.PROPOSED and permissions.can_consent(request.user, row)
    context = {
        "observation": row,
        "facts": facts_of(row),
        "notes": notes_of(row) if row.status == PeerStatus.DONE else [],
        "may_answer": may_answer,
        "other": row.other_than(request.user),
    }
    return render(request, "staff/peers/observation.html", context)


@access(Role.AST)
def peer_propose(request: Request) -> HttpResponse:
    """One AST asks another."""
    form = ProposeForm(sent(request))
    if done := submit(form, lambda _: actions.propose(by=request.user, **form.said())):
        messages.success(request, say("It is proposed. The other AST is told by e-mail."))
        return redirect(done.result)
    lead = (
        say("It takes place only if the other AST agrees. Nobody is graded, and nobody else reads what you note."),
        "Talk to your own headteacher about cover before you book a day.",
    )
    back = ("Observations", "staff:peer_observations")
    return form_page(request, form, title="Propose an observation", lead=lead, back=back)


@access(Role.AST)
def peer_book(request: Request, pk: int) -> HttpResponse:
    """The day, or another one."""
    row = _find(request, pk)
    form = DayForm(sent(request), row=row)
    if submit(form, lambda data: actions.book(row=row, by=request.user, **data)):
        messages.success(request, say("The day is saved. The other AST is told."))
        return redirect(row)
    lead = say("The other AST hears of the day by e-mail.")
    return form_page(request, form, title="Book the day", caption=str(row), lead=lead, back=("Back", row))


@access(Role.AST)
def peer_note(request: Request, pk: int) -> HttpResponse:
    """One’s own notes."""
    row = _find(request, pk)
    form = NotesForm(sent(request), row=row, user=request.user)
    if submit(form, lambda data: actions.note(row=row, by=request.user, **data)):
        messages.success(request, "Your notes are saved.")
        return redirect(row)
    return form_page(request, form, title="Your notes", caption=str(row), back=("Back", row))


@access(Role.AST)
@require_POST
def peer_agree(request: Request, pk: int) -> HttpResponse:
    """The one who was asked says yes."""
    return _press(request, pk, actions.agree, "You have agreed. Either of you can book the day now.")


@access(Role.AST)
@require_POST
def peer_refuse(request: Request, pk: int) -> HttpResponse:
    """The one who was asked says no."""
    return _press(request, pk, actions.refuse_consent, say("You have not agreed. The other AST is told."))


@access(Role.AST)
@require_POST
def peer_done(request: Request, pk: int) -> HttpResponse:
    """It took place."""
    return _press(request, pk, actions.record_done, "The observation is recorded as done. Add your notes if you like.")


@access(Role.AST)
@require_POST
def peer_cancel(request: Request, pk: int) -> HttpResponse:
    """It does not take place."""
    return _press(request, pk, actions.cancel, say("The observation is cancelled. The other AST is told."))


def _press(request: Request, pk: int, action: Callable[..., Any], words: str) -> HttpResponse:
    row = _find(request, pk)
    if attempt(request, lambda: action(row=row, by=request.user)):
        messages.success(request, words)
    return redirect(row)


def _find(request: Request, pk: int) -> PeerObservation:
    found: PeerObservation = get_object_or_404(PeerObservation.objects.visible_to(request.user).whole(), pk=pk)
    return found
